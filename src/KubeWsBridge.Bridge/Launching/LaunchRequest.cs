namespace KubeWsBridge.Bridge.Launching;

/// <summary>What a launcher has to know of a session to start its worker; all else it knows from its <see cref="LaunchPlan"/>.</summary>
public sealed record LaunchRequest
{
    /// <summary>The session's id, for logs.</summary>
    public required string SessionId { get; init; }

    /// <summary>The whole environment of the worker.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
