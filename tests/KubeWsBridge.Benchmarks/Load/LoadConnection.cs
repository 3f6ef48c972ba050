using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>A client's connection: sends ready-made messages, reads what comes back, never waits.</summary>
internal sealed unsafe class LoadConnection : IDisposable
{
    /// <summary>Most bytes of one read.</summary>
    public const int ReadSize = 256 * 1024;

    private readonly Socket _socket;
    private readonly MessageRing _ring;
    private readonly byte* _ringStart;
    private readonly int _ringLength;
    private long _toSend;
    private int _position;

    /// <param name="socket">Connected and upgraded; this instance owns it.</param>
    /// <param name="wire">What it speaks.</param>
    /// <param name="ring">What it sends.</param>
    public LoadConnection(Socket socket, Wire wire, MessageRing ring)
    {
        (_socket, _ring, Reader) = (socket, ring, new FrameReader(wire));
        _socket.Blocking = false;
        Descriptor = (int)socket.SafeHandle.DangerousGetHandle();
        _ringStart = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(ring.Bytes));
        _ringLength = ring.Bytes.Length;
    }

    /// <summary>Takes the payload out of what was read.</summary>
    public FrameReader Reader;

    /// <summary>The descriptor.</summary>
    public int Descriptor { get; }

    /// <summary>Whether the last send found no room.</summary>
    public bool WaitsForRoom { get; private set; }

    /// <summary>Sends so many more messages, as far as there is room.</summary>
    public void Send(int messages)
    {
        _toSend += (long)messages * _ring.MessageLength;
        if (!WaitsForRoom)
            Flush();
    }

    /// <summary>Sends what is still to be sent, as far as there is room.</summary>
    public void Flush()
    {
        WaitsForRoom = false;
        while (_toSend > 0)
        {
            var wanted = (int)Math.Min(_toSend, _ringLength - _position);
            var sent = (int)Libc.send(Descriptor, _ringStart + _position, wanted, Libc.NoSignal);
            if (sent < 0)
            {
                WaitsForRoom = Marshal.GetLastPInvokeError() is Libc.TryAgain ? true : throw Broken("send");
                return;
            }

            _toSend -= sent;
            _position = (_position + sent) % _ringLength;
        }
    }

    /// <summary>Reads once; empty when nothing is there.</summary>
    /// <param name="buffer">Pinned, of <see cref="ReadSize"/> bytes.</param>
    /// <exception cref="BenchmarkException">The connection is over.</exception>
    public ReadOnlySpan<byte> Receive(byte[] buffer)
    {
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
        var count = (int)Libc.recv(Descriptor, start, buffer.Length, 0);
        if (count == 0)
            throw new BenchmarkException("the connection ended");
        if (count < 0 && Marshal.GetLastPInvokeError() is not Libc.TryAgain)
            throw Broken("recv");
        return buffer.AsSpan(0, Math.Max(0, count));
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static BenchmarkException Broken(string what) => new($"{what} failed: {Marshal.GetLastPInvokeErrorMessage()}");
}
