namespace KubeWsBridge.Bridge.Launching;

/// <summary>Everything a launcher needs to start one worker.</summary>
public sealed record LaunchRequest
{
    /// <summary>The session's id, for logs.</summary>
    public required string SessionId { get; init; }

    /// <summary>The program to run: a path, or a name looked up in PATH.</summary>
    public required string Executable { get; init; }

    /// <summary>All arguments after the program's name, the script among them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment of the worker.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The working directory; null for the bridge's own.</summary>
    public string? WorkingDirectory { get; init; }
}
