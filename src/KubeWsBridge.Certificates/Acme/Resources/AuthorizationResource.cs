using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The proof, given or missing, that an account may have certificates for an identifier (RFC 8555 section 7.1.4).</summary>
public sealed record AuthorizationResource
{
    /// <summary>What it is about; a wildcard's name is here without its *.</summary>
    public required Identifier Identifier { get; init; }

    /// <summary>How far it is.</summary>
    public required AuthorizationStatus Status { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The ways to give the proof, one of which is enough.</summary>
    public IReadOnlyList<ChallengeResource> Challenges { get; init => field = value ?? []; } = [];

    /// <summary>Whether it is for the wildcard of the name.</summary>
    public bool Wildcard { get; init; }

    /// <summary>How long to wait before asking again, when the authority said so.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }
}
