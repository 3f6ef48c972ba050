using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>A WebSocket client on a raw socket that can also do everything a client must not. Shares no code with the program.</summary>
public sealed class RawClient : IAsyncDisposable
{
    /// <summary>How long a test waits for anything before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _tcp;
    private readonly Stream _stream;

    private RawClient(TcpClient tcp, Stream? stream = null)
    {
        _tcp = tcp;
        _tcp.NoDelay = true;
        _stream = stream ?? tcp.GetStream();
    }

    /// <summary>The response's status line and headers.</summary>
    public string Response { get; private set; } = "";

    /// <summary>The HTTP status of the handshake.</summary>
    public int Status => int.Parse(Response.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>When it connected, cut to the milliseconds of the log.</summary>
    public DateTimeOffset ConnectedAt { get; } = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>The socket, for tests of the transport itself.</summary>
    public Socket Socket => _tcp.Client;

    /// <summary>A TCP connection without any handshake.</summary>
    public static async Task<RawClient> TcpAsync(int port, Action<Socket>? configure = null)
    {
        var tcp = new TcpClient();
        configure?.Invoke(tcp.Client);
        await tcp.ConnectAsync("127.0.0.1", port).WaitAsync(Patience);
        return new RawClient(tcp);
    }

    /// <summary>A TLS connection without anything in it.</summary>
    public static async Task<RawClient> TlsAsync(int port, SslClientAuthenticationOptions options)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port).WaitAsync(Patience);
        var stream = new SslStream(tcp.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(options).WaitAsync(Patience);
            return new RawClient(tcp, stream);
        }
        catch
        {
            await stream.DisposeAsync();
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>The encryption, of a connection that has it.</summary>
    public SslStream Tls => (SslStream)_stream;

    /// <summary>Sends a handshake and reads the answer; the test fails if it is not 101.</summary>
    public async Task UpgradeAsync(string path = "/", params string[] headers)
    {
        await SendAsync(Handshake(path, headers));
        await ReadResponseAsync();
        Assert.True(Status == 101, Response);
    }

    /// <summary>Connects and upgrades; the test fails if the answer is not 101.</summary>
    public static async Task<RawClient> ConnectAsync(int port, string path = "/", params string[] headers)
    {
        var client = await HandshakeAsync(port, path, headers);
        Assert.True(client.Status == 101, client.Response);
        return client;
    }

    /// <summary>Connects and sends a handshake, whatever the answer.</summary>
    public static async Task<RawClient> HandshakeAsync(int port, string path = "/", params string[] headers)
    {
        var client = await TcpAsync(port);
        await client.SendAsync(Handshake(path, headers));
        await client.ReadResponseAsync();
        return client;
    }

    /// <summary>A correct opening handshake with more headers.</summary>
    public static byte[] Handshake(string path = "/", params string[] headers)
    {
        var text = new StringBuilder($"GET {path} HTTP/1.1\r\nHost: bridge.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .Append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
            .Append(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))).Append("\r\n");
        foreach (var header in headers)
            text.Append(header).Append("\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(params byte[] bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>Sends a masked frame.</summary>
    public Task SendFrameAsync(int opcode, ReadOnlySpan<byte> payload, bool final = true) => SendAsync(Frame(opcode, payload, final));

    /// <summary>Sends a masked text message.</summary>
    public Task SendTextAsync(string text) => SendFrameAsync(1, Encoding.UTF8.GetBytes(text));

    /// <summary>Waits until the worker has been given all that was sent: the bridge answers a ping after handing on what came before it.</summary>
    public async Task WaitUntilTakenAsync()
    {
        await SendFrameAsync(9, "taken?"u8);
        var answer = await ReadFrameAsync();
        Assert.True(answer is { Opcode: 10, Text: "taken?" }, $"Expected a pong, got {answer?.ToString() ?? "the end"}.");
    }

    /// <summary>Sends a masked close frame.</summary>
    public Task SendCloseAsync(int code, string reason = "") => SendFrameAsync(8, ClosePayload(code, reason));

    /// <summary>The payload of a close frame.</summary>
    public static byte[] ClosePayload(int code, string reason = "") => [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)];

    /// <summary>A frame, masked unless told otherwise.</summary>
    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload, bool final = true, bool masked = true, int reserved = 0)
    {
        var frame = new List<byte> { (byte)((final ? 0x80 : 0) | (reserved << 4) | opcode) };
        var mask = masked ? 0x80 : 0;
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        if (payload.Length <= 125)
            frame.Add((byte)(mask | payload.Length));
        else if (payload.Length <= 65535)
            frame.AddRange([(byte)(mask | 126), .. length[6..]]);
        else
            frame.AddRange([(byte)(mask | 127), .. length]);

        var key = masked ? RandomNumberGenerator.GetBytes(4) : [0, 0, 0, 0];
        if (masked)
            frame.AddRange(key);
        var start = frame.Count;
        frame.AddRange(payload);
        for (var i = 0; masked && i < payload.Length; i++)
            frame[start + i] ^= key[i % 4];
        return [.. frame];
    }

    /// <summary>Reads one frame of the server; null at the end of the connection, also when it was reset.</summary>
    public async Task<ReceivedFrame?> ReadFrameAsync()
    {
        if (await ReadExactlyAsync(2) is not { } head)
            return null;
        Assert.True((head[1] & 0x80) == 0, "The server must not mask.");
        long length = head[1] & 0x7F;
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2));
        else if (length == 127)
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8));
        return await ReadExactlyAsync((int)length) is { } payload ? new ReceivedFrame((head[0] & 0x80) != 0, head[0] & 0x0F, payload) : null;
    }

    /// <summary>Reads binary messages until their payloads add up to this many bytes.</summary>
    public async Task<byte[]> ReadDataAsync(int count)
    {
        var data = new List<byte>();
        while (data.Count < count)
        {
            var frame = await ReadFrameAsync();
            Assert.True(frame is { Opcode: 2 }, $"Expected data, got {frame?.ToString() ?? "the end"} after {data.Count} of {count} bytes.");
            data.AddRange(frame!.Payload);
        }

        return [.. data];
    }

    /// <summary>Reads to the end of the connection: all data, and the close code (1006 when none came).</summary>
    public async Task<(byte[] Data, int CloseCode)> ReadToEndAsync()
    {
        var data = new List<byte>();
        var code = 1006;
        while (await ReadFrameAsync() is { } frame)
        {
            if (frame.Opcode == 8)
                code = frame.CloseCode;
            else if (frame.Opcode is 0 or 1 or 2)
                data.AddRange(frame.Payload);
        }

        return ([.. data], code);
    }

    /// <summary>Reads exactly this many bytes, or null at the end of the connection.</summary>
    public async Task<byte[]?> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        try
        {
            await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Reads the response's head into <see cref="Response"/>.</summary>
    public async Task ReadResponseAsync()
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            text.Append((char)(await ReadExactlyAsync(1) ?? throw new EndOfStreamException($"The connection ended after: {text}"))[0]);
        Response = text.ToString();
    }

    /// <summary>Drops the connection with a reset.</summary>
    public void Reset()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
