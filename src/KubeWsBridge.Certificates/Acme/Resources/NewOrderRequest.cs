namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The payload that places an order: RFC 8555 section 7.4, RFC 9773 section 5, draft-ietf-acme-profiles.</summary>
internal sealed record NewOrderRequest
{
    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    public string? Profile { get; init; }

    public string? Replaces { get; init; }
}
