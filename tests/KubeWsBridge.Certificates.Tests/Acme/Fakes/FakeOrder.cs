using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Acme.Fakes;

/// <summary>An order at a <see cref="FakeAcme"/>.</summary>
internal sealed class FakeOrder
{
    public required int Number { get; init; }

    /// <summary>The thumbprint of the account that placed it.</summary>
    public required string Account { get; init; }

    public required JsonArray Identifiers { get; init; }

    public required List<FakeAuthorization> Authorizations { get; init; }

    public string? Profile { get; init; }

    public string? Replaces { get; init; }

    public string? CertificatePem { get; set; }

    public bool IsGone { get; set; }

    public string Status =>
        CertificatePem is not null ? "valid"
        : Authorizations.Any(authorization => authorization.Status == "invalid") ? "invalid"
        : Authorizations.All(authorization => authorization.Status == "valid") ? "ready"
        : "pending";
}
