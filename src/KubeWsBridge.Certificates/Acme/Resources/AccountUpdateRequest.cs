namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The payload that changes an account, or ends an account or an authorization.</summary>
internal sealed record AccountUpdateRequest
{
    public IReadOnlyList<string>? Contact { get; init; }

    public string? Status { get; init; }
}
