using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>An order as the authority holds it (RFC 8555 section 7.1.3).</summary>
public sealed record OrderResource
{
    /// <summary>How far it is.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>When the authority forgets it, if it is not valid by then.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What the certificate is to be for.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init => field = value ?? []; } = [];

    /// <summary>Where the authorizations are, one per identifier.</summary>
    public IReadOnlyList<Uri> Authorizations { get; init => field = value ?? []; } = [];

    /// <summary>Where the certificate request goes.</summary>
    public required Uri Finalize { get; init; }

    /// <summary>Where the certificate is, once the order is valid.</summary>
    public Uri? Certificate { get; init; }

    /// <summary>Why the order failed.</summary>
    public ProblemDocument? Error { get; init; }

    /// <summary>How long to wait before asking again, when the authority said so.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }
}
