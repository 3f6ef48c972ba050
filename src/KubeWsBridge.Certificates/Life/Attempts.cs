namespace KubeWsBridge.Certificates.Life;

/// <summary>Failed attempts in a row, written down so that a restart does not begin anew with them.</summary>
internal sealed record Attempts
{
    public static Attempts None { get; } = new();

    /// <summary>How many.</summary>
    public int Failures { get; init; }

    /// <summary>When the next one may be made.</summary>
    public DateTimeOffset RetryAt { get; init; }

    /// <summary>Until when authorities want to be left alone, by their directory.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LeaveAlone { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>What went wrong the last time, for people.</summary>
    public string? LastError { get; init; }
}
