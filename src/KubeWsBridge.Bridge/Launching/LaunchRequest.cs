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

    /// <summary>The script's path as configured; null when the program is the handler itself.</summary>
    public string? Script { get; init; }

    /// <summary>The request's headers, names in lower case, for launchers that hand them on as HTTP headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the client's own connection is encrypted.</summary>
    public bool Secure { get; init; }

    /// <summary>The working directory; null for the bridge's own.</summary>
    public string? WorkingDirectory { get; init; }
}
