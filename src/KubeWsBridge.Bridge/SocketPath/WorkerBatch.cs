using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>Gathers the frames for a worker that the client's bytes of one event make, so that many small messages cost one system call.</summary>
internal sealed class WorkerBatch(SocketEnd worker, SocketLoop loop, FramesToWorker frames)
{
    private int _length;

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => _length == 0;

    private Span<byte> Free => loop.SecondBuffer.AsSpan(_length);

    /// <summary>Adds a piece of a message; what the buffer has no room for at once goes in several.</summary>
    public void Add(Opcode type, ReadOnlySpan<byte> payload, bool last)
    {
        MakeRoom(payload.Length);
        for (var most = Free.Length - FramesToWorker.Reserve; payload.Length > most; payload = payload[most..])
        {
            _length += frames.WriteData(Free, type, payload[..most], last: false);
            Flush();
        }

        _length += frames.WriteData(Free, type, payload, last);
    }

    /// <summary>Adds a ping or pong, if the worker wants them.</summary>
    public void AddControl(Opcode type, ReadOnlySpan<byte> payload)
    {
        MakeRoom(payload.Length);
        _length += frames.WriteControl(Free, type, payload);
    }

    /// <summary>Tells the worker how long it is until the session's end.</summary>
    public void AnnounceEnd(TimeSpan left)
    {
        _length = frames.WriteDrain(Free, left);
        Flush();
    }

    /// <summary>Tells the worker that nothing more comes, and why, and gives it end-of-file behind what still waits.</summary>
    public void Finish(int code, string reason)
    {
        _length = FramesToWorker.WriteClose(Free, code, reason);
        Flush();
        worker.FinishOutput();
    }

    /// <summary>Sends what there is.</summary>
    public void Flush()
    {
        if (_length == 0)
            return;
        var all = loop.SecondBuffer.AsSpan(0, _length);
        _length = 0;
        worker.Send(all);
    }

    private void MakeRoom(int payloadLength)
    {
        if (_length > 0 && Free.Length < payloadLength + FramesToWorker.Reserve)
            Flush();
    }
}
