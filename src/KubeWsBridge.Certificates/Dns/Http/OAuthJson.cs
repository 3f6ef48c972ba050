using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>How tokens are read.</summary>
[JsonSerializable(typeof(OAuthToken))]
internal sealed partial class OAuthJson : JsonSerializerContext;
