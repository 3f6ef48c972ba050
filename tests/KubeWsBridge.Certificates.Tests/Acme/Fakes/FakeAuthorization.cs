namespace KubeWsBridge.Certificates.Tests.Acme.Fakes;

/// <summary>An authorization at a <see cref="FakeAcme"/>.</summary>
internal sealed class FakeAuthorization
{
    public required int Number { get; init; }

    public required string Identifier { get; init; }

    public required bool IsWildcard { get; init; }

    public required string Token { get; init; }

    public string Status { get; set; } = "pending";

    /// <summary>How many more times it is still pending when it is asked for after the answer.</summary>
    public int StillPending { get; set; }
}
