namespace KubeWsBridge.Bridge.Closing;

/// <summary>How a worker ended: by exit status or by signal.</summary>
/// <param name="Status">The exit status, 0 to 255; null when a signal ended it. Both are null when somebody else took the status.</param>
/// <param name="Signal">The signal's number; null when it exited by itself.</param>
/// <param name="Detail">What else is known of it, for the log; without a number, what was seen to go wrong.</param>
public readonly record struct WorkerExit(int? Status, int? Signal, string? Detail = null)
{
    /// <summary>True for exit status 0.</summary>
    public bool Succeeded => Status == 0;

    /// <summary>True for every other end of which anything is known.</summary>
    public bool Failed => !Succeeded && (Signal is not null || Status is not null || Detail is not null);

    /// <inheritdoc/>
    public override string ToString() => Detail is null ? Short : $"{Short} ({Detail})";

    private string Short =>
        Signal is { } signal ? $"signal {signal}" : Status is { } status ? $"status {status}" : "an unknown status";
}
