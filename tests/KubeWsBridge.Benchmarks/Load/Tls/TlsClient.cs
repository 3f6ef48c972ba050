using System.Net.Sockets;
using System.Text;

namespace KubeWsBridge.Benchmarks.Load.Tls;

/// <summary>A blocking client over TLS.</summary>
internal sealed unsafe class TlsClient : IDisposable
{
    private const string Host = "localhost";

    private readonly Socket _socket;
    private readonly nint _connection;

    /// <summary>Connects and makes the handshake, the short one if there is a session and the server agrees.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public TlsClient(TlsContext context, int port, TlsSession? session = null)
    {
        _socket = Connector.Open(port, Wire.Raw);
        _connection = Libssl.SSL_new(context.Handle);
        _ = Libssl.SSL_set_fd(_connection, (int)_socket.Handle);
        _ = Libssl.SSL_ctrl(_connection, Libssl.SetServerName, 0, Host);
        if (session is not null)
            _ = Libssl.SSL_set_session(_connection, session.Handle);
        if (Libssl.SSL_connect(_connection) == 1)
            return;

        Dispose();
        throw new BenchmarkException("the TLS handshake failed");
    }

    /// <summary>Whether the handshake was the short one.</summary>
    public bool IsResumed => Libssl.SSL_session_reused(_connection) == 1;

    /// <summary>Asks as <see cref="Ask"/> does, and takes the session, which comes with the answer in TLS 1.3; an end without notice would spoil it.</summary>
    public TlsSession AskForSession()
    {
        Request("Connection: close");
        Span<byte> bytes = stackalloc byte[2048];
        Read(bytes);
        var session = new TlsSession(Libssl.SSL_get1_session(_connection));
        _ = Libssl.SSL_shutdown(_connection);
        return session;
    }

    /// <summary>Upgrades to a WebSocket; reads nothing behind the answer, because workers of this benchmark wait for the client.</summary>
    /// <exception cref="BenchmarkException">The server did not answer 101.</exception>
    public void Upgrade()
    {
        Request("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        var head = new StringBuilder();
        Span<byte> bytes = stackalloc byte[2048];
        do
        {
            var count = Read(bytes);
            if (count == 0)
                throw new BenchmarkException("the connection ended before the response");
            head.Append(Encoding.ASCII.GetString(bytes[..count]));
        }
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal));
        if (!head.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new BenchmarkException("refused: " + head.ToString().Split("\r\n")[0]);
    }

    /// <summary>Asks for something that no WebSocket is, and reads the refusal to its end.</summary>
    public void Ask()
    {
        Request("Connection: close");
        Span<byte> bytes = stackalloc byte[2048];
        while (Read(bytes) > 0)
        {
        }
    }

    /// <summary>Sends all of it.</summary>
    /// <exception cref="BenchmarkException">The connection broke.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            if (Libssl.SSL_write(_connection, start, bytes.Length) != bytes.Length)
                throw new BenchmarkException("the connection broke");
        }
    }

    /// <summary>Waits for bytes; 0 at the end.</summary>
    public int Read(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
            return Math.Max(0, Libssl.SSL_read(_connection, start, bytes.Length));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Libssl.SSL_free(_connection);
        _socket.Dispose();
    }

    private void Request(string headers) => Write(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\n{headers}\r\n\r\n"));
}
