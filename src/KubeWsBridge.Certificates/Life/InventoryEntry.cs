using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Life;

/// <summary>What a storage holds of one certificate.</summary>
public sealed record InventoryEntry
{
    /// <summary>Its name in the storage.</summary>
    public required string Id { get; init; }

    /// <summary>The certificate; null when there is none, or a damaged one.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Where it came from.</summary>
    public CertificateRecord? Record { get; init; }

    /// <summary>Why what is stored can't be used; null when it can.</summary>
    public string? Damage { get; init; }

    /// <summary>Whether an order is under way, or was left by a process that was killed.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Failed attempts in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When the next one is made.</summary>
    public DateTimeOffset RetryAt { get; init; }

    /// <summary>What went wrong the last time.</summary>
    public string? LastError { get; init; }
}
