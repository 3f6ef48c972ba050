using System.Text.Json;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The payload the new key signs when it takes over from the old (RFC 8555 section 7.3.5).</summary>
internal sealed record KeyChangeRequest(Uri Account, JsonElement OldKey);
