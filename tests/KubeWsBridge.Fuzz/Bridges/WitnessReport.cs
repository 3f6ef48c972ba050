namespace KubeWsBridge.Fuzz.Bridges;

/// <summary>What a worker has told of itself.</summary>
/// <param name="sessionId">The session it belongs to.</param>
internal sealed class WitnessReport(string sessionId)
{
    private readonly MemoryStream _input = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The session it belongs to, as the bridge's log names it.</summary>
    public string SessionId => sessionId;

    /// <summary>All bytes it was given.</summary>
    public byte[] Input => _input.ToArray();

    /// <summary>Its last words; null when it was killed before them.</summary>
    public string? LastWords { get; private set; }

    /// <summary>Completes when its process is gone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>It was given these.</summary>
    public void Took(ReadOnlySpan<byte> bytes) => _input.Write(bytes);

    /// <summary>It is about to go.</summary>
    public void Says(string words) => LastWords = words;

    /// <summary>It is gone.</summary>
    public void End() => _ended.TrySetResult();
}
