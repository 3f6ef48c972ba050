namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>When the authority wants a certificate renewed (RFC 9773 section 4.2).</summary>
public sealed record RenewalInfoResource
{
    /// <summary>The time to renew in.</summary>
    public required RenewalWindow SuggestedWindow { get; init; }

    /// <summary>A page that says why, when the window is unusual.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("explanationURL")]
    public Uri? ExplanationUrl { get; init; }
}
