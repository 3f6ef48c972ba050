using System.Threading.Channels;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingTarget : IEpollTarget
{
    private readonly Channel<EpollEvents> _events = Channel.CreateUnbounded<EpollEvents>();

    /// <summary>Thrown by each call, if set.</summary>
    public Exception? Thrown { get; set; }

    public int Count => _events.Reader.Count;

    public void OnReady(EpollEvents events)
    {
        _events.Writer.TryWrite(events);
        if (Thrown is { } thrown)
            throw thrown;
    }

    public async Task<EpollEvents> NextAsync() => await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
