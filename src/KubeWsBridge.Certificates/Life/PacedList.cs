using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>The bundles below a name, read once a second at most, however many ask.</summary>
internal sealed class PacedList(ICertificateStorage storage, string parent, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<string>>? _next;
    private long? _begun;

    /// <summary>A list that is read after this was called: whoever asks late sees what was written before.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return (_next ??= ReadNextAsync()).WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<string>> ReadNextAsync()
    {
        await Task.Yield(); // so that it is known as the next before it has begun
        if (_begun is { } begun && Pace - time.GetElapsedTime(begun) is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, time);
        lock (_lock)
            (_next, _begun) = (null, time.GetTimestamp());
        return await storage.ListAsync(parent, CancellationToken.None); // for all who wait, and not for as long as the first has patience
    }
}
