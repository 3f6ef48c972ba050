using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>A connected or listening socket as the kernel knows it: nothing of .NET's own waits for it.</summary>
/// <remarks>
/// Once <see cref="Socket"/> has waited for a descriptor, the runtime's own epoll instance wakes a thread for each of its events,
/// until it is closed. So a socket that a loop of ours shall own must never have been waited for by it.
/// </remarks>
internal sealed unsafe class SocketDescriptor : SafeHandleMinusOneIsInvalid
{
    private Action? _closed;

    public SocketDescriptor(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>The number; only for whoever decides when it is closed.</summary>
    public int Number => (int)handle;

    /// <summary>Has the action called when the descriptor is closed.</summary>
    public void OnClosed(Action closed) => _closed = closed;

    /// <summary>Takes a socket's place, which is closed then.</summary>
    /// <param name="socket">Never waited for.</param>
    /// <exception cref="IOException">There is no descriptor left.</exception>
    public static SocketDescriptor TakeFrom(Socket socket)
    {
        var descriptor = new SocketDescriptor(SocketCalls.fcntl(socket.SafeHandle, SocketCalls.DuplicateCloseOnExec, 0));
        if (descriptor.IsInvalid)
            throw new IOException($"A socket can not be duplicated: {Errno.Text(Errno.Last)}");

        socket.Dispose();
        _ = SocketCalls.fcntl(descriptor, SocketCalls.SetStatusFlags, SocketCalls.NonBlocking); // last, because Dispose makes it blocking
        return descriptor;
    }

    /// <summary>Gives the number away: this instance will never close it, nor say so.</summary>
    public int Release()
    {
        var number = Number;
        SetHandleAsInvalid();
        return number;
    }

    /// <summary>Receives what is there without waiting: the count, 0 at the end of the input, or the negative error number.</summary>
    public int Receive(Span<byte> buffer, int flags = 0)
    {
        nint count;
        do
            fixed (byte* target = buffer)
                count = SocketCalls.recv(this, target, (nuint)buffer.Length, flags | SocketCalls.DontWait);
        while (count < 0 && Errno.Last == Errno.Interrupted);
        return count < 0 ? -Errno.Last : (int)count;
    }

    /// <summary>Sends what there is room for without waiting: the count, or the negative error number.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        nint count;
        do
            fixed (byte* source = bytes)
                count = SocketCalls.send(this, source, (nuint)bytes.Length, SocketCalls.DontWait | SocketCalls.NoSignal);
        while (count < 0 && Errno.Last == Errno.Interrupted);
        return count < 0 ? -Errno.Last : (int)count;
    }

    /// <summary>Ends one direction or both; harmless when the connection is gone.</summary>
    public void Shutdown(int how)
    {
        try
        {
            _ = SocketCalls.shutdown(this, how);
        }
        catch (ObjectDisposedException)
        {
            // Closed already, which ends both.
        }
    }

    /// <summary>Sends small pieces at once (TCP_NODELAY); does nothing where there is no such thing.</summary>
    public void SetNoDelay() => SetOption(SocketCalls.TcpLevel, SocketCalls.NoDelay, 1);

    /// <summary>Has what was received acknowledged at once, this time (TCP_QUICKACK).</summary>
    public void AcknowledgeNow() => SetOption(SocketCalls.TcpLevel, SocketCalls.QuickAcknowledge, 1);

    /// <summary>Makes the close a reset: what is not sent yet is thrown away (SO_LINGER of 0 s).</summary>
    public void CloseWithReset()
    {
        long onForZeroSeconds = 1;
        _ = SocketCalls.setsockopt(this, SocketCalls.SocketLevel, SocketCalls.Linger, &onForZeroSeconds, sizeof(long));
        Dispose();
    }

    /// <summary>Reads an option's value and returns how many bytes it has; 0 when there is none, or the socket is closed.</summary>
    public int GetOption(int level, int name, Span<byte> value)
    {
        try
        {
            var length = value.Length;
            fixed (byte* target = value)
                return SocketCalls.getsockopt(this, level, name, target, &length) == 0 ? length : 0;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        var result = SocketCalls.close((int)handle);
        _closed?.Invoke();
        return result == 0;
    }

    private void SetOption(int level, int name, int value) => _ = SocketCalls.setsockopt(this, level, name, &value, sizeof(int));
}
