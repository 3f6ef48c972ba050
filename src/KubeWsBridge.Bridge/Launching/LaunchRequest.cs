namespace KubeWsBridge.Bridge.Launching;

/// <summary>What a launcher has to know of a session to start its worker; all else it knows from its <see cref="LaunchPlan"/>.</summary>
public sealed record LaunchRequest
{
    /// <summary>The session's id, for logs.</summary>
    public required string SessionId { get; init; }

    /// <summary>The whole environment of the worker.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The request's headers, names in lower case, for launchers that hand them on as HTTP headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the client's own connection is encrypted.</summary>
    public bool Secure { get; init; }

    /// <summary>What the worker's environment has beyond another's, or has otherwise.</summary>
    internal IEnumerable<KeyValuePair<string, string>> VariablesBeyond(IReadOnlyDictionary<string, string> other) =>
        Environment.Where(variable => !other.TryGetValue(variable.Key, out var value) || value != variable.Value);
}
