using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>One socket on a loop: sends what the kernel has room for, keeps the rest until it has, and asks only for events that somebody wants.</summary>
/// <remarks>Everything but the constructor belongs to the loop's thread.</remarks>
internal sealed class SocketEnd : IEpollTarget
{
    private const EpollEvents Ends = EpollEvents.Error | EpollEvents.HungUp;

    private readonly SocketDescriptor _socket;
    private readonly EpollRegistration _registration;
    private PendingBytes _pending;
    private EpollEvents _armed;
    private bool _peerEnded;
    private bool _closed;
    private bool _finishes;

    /// <summary>Takes the socket over.</summary>
    public SocketEnd(SocketDescriptor socket, EpollLoop loop, ISocketEndOwner owner)
    {
        (_socket, Owner) = (socket, owner);
        _registration = loop.Register(socket, this);
    }

    /// <summary>Who hears of events.</summary>
    public ISocketEndOwner Owner { get; set; }

    /// <summary>The socket itself.</summary>
    public SocketDescriptor Socket => _socket;

    /// <summary>Whether bytes wait for room; what is sent meanwhile waits behind them.</summary>
    public bool IsBlocked => !_pending.IsEmpty;

    /// <summary>Whether nothing can be sent any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether somebody wants what comes; while nobody does, it waits in the kernel (this is the backpressure).</summary>
    public bool Reads { get; private set; }

    /// <summary>Begins or stops to want what comes.</summary>
    public void Read(bool wanted)
    {
        Reads = wanted;
        UpdateInterest();
    }

    /// <summary>Receives what is there: the count, 0 at the end, or the negative error number.</summary>
    public int Receive(Span<byte> buffer) => _closed ? 0 : _socket.Receive(buffer);

    /// <summary>Sends now or later.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (IsBroken)
            return;
        if (!IsBlocked)
        {
            var count = _socket.Send(bytes);
            if (count == bytes.Length)
                return;
            if (count < 0 && count != -Errno.Again)
            {
                Break();
                return;
            }

            bytes = bytes[Math.Max(count, 0)..];
        }

        _pending.Append(bytes);
        UpdateInterest();
    }

    /// <summary>Has the bytes wait for the next <see cref="Flush"/>, so that many small pieces cost one system call.</summary>
    public void Queue(ReadOnlySpan<byte> bytes)
    {
        if (!IsBroken)
            _pending.Append(bytes);
    }

    /// <summary>Sends what waits, as far as there is room.</summary>
    public void Flush()
    {
        while (IsBlocked)
        {
            var count = _socket.Send(_pending.Bytes);
            if (count == -Errno.Again)
                break;
            if (count < 0)
                Break();
            else
                _pending.Consume(count);
        }

        if (_finishes && !IsBlocked && !IsBroken)
            EndOutput();
        UpdateInterest();
    }

    /// <summary>Gives the peer end-of-file; what waits is dropped.</summary>
    public void EndOutput()
    {
        Break();
        _socket.Shutdown(SocketCalls.ShutWrite);
        UpdateInterest();
    }

    /// <summary>Gives the peer end-of-file behind what waits; nothing may be sent any more.</summary>
    public void FinishOutput()
    {
        _finishes = true;
        if (!IsBlocked)
            EndOutput();
    }

    /// <summary>Leaves the loop and closes the socket; a second time does nothing.</summary>
    public void Close(bool reset = false)
    {
        if (_closed)
            return;
        _closed = true;
        Reads = false;
        Break();
        _registration.Dispose();
        if (reset)
            _socket.CloseWithReset();
        else
            _socket.Dispose();
    }

    /// <inheritdoc/>
    public void OnReady(EpollEvents events)
    {
        try
        {
            if (IsBlocked && !_closed && (events & (EpollEvents.Writable | Ends)) != 0)
            {
                Flush();
                if (!IsBlocked)
                    Owner.OnUnblocked(this);
            }

            if (_closed || (events & ~EpollEvents.Writable) == 0)
                return;
            if (Reads)
                Owner.OnReadable(this);
            else if ((events & (EpollEvents.PeerEnded | Ends)) != 0)
                OnEnd(events);
        }
        catch (Exception exception)
        {
            Owner.OnFault(exception);
        }
    }

    private void OnEnd(EpollEvents events)
    {
        _peerEnded = true;
        if ((events & Ends) != 0)
        {
            // Reported again and again as long as the socket is watched at all; whoever wants to read finds it again.
            _registration.Disarm();
            _armed = EpollEvents.None;
        }

        UpdateInterest();
        Owner.OnPeerEnded(this);
    }

    private void Break()
    {
        IsBroken = true;
        _pending.Release();
    }

    private void UpdateInterest()
    {
        if (_closed)
            return;
        var wanted = (Reads ? EpollEvents.Readable : _peerEnded ? EpollEvents.None : EpollEvents.PeerEnded)
            | (IsBlocked ? EpollEvents.Writable : EpollEvents.None);
        if (wanted == _armed)
            return;
        _armed = wanted;
        _registration.Arm(wanted);
    }
}
