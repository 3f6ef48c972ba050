namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>One way to prove control of an identifier (RFC 8555 section 8).</summary>
public sealed record ChallengeResource
{
    /// <summary>http-01, tls-alpn-01, dns-01 or another.</summary>
    public required string Type { get; init; }

    /// <summary>Where the authority is told that it may look.</summary>
    public required Uri Url { get; init; }

    /// <summary>The authority's random text; types not known here may have none.</summary>
    public string? Token { get; init; }

    /// <summary>What the authority found wrong.</summary>
    public ProblemDocument? Error { get; init; }
}
