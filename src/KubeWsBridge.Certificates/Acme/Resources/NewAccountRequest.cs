using System.Text.Json;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The payload that makes or finds an account (RFC 8555 section 7.3).</summary>
internal sealed record NewAccountRequest
{
    public IReadOnlyList<string>? Contact { get; init; }

    public bool? TermsOfServiceAgreed { get; init; }

    public bool? OnlyReturnExisting { get; init; }

    public JsonElement? ExternalAccountBinding { get; init; }
}
