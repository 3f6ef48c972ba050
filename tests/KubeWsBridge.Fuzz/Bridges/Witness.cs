using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace KubeWsBridge.Fuzz.Bridges;

/// <summary>Listens on a unix socket to what the workers of one bridge tell of themselves.</summary>
internal sealed class Witness : IAsyncDisposable
{
    private const uint LastWords = 0xFFFFFFFF;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WitnessReport>> _expected = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _accepting;

    /// <summary>Listens at this path.</summary>
    public Witness(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.Listen(512);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Path { get; }

    /// <summary>Completes when the worker of this token has come; ask before it is started, and forget it afterwards.</summary>
    public Task<WitnessReport> Expect(string token) =>
        _expected.GetOrAdd(token, _ => new TaskCompletionSource<WitnessReport>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whoever comes with this token now is not listened to.</summary>
    public void Forget(string token) => _expected.TryRemove(token, out _);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ListenAsync(await _socket.AcceptAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task ListenAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await using var buffered = new BufferedStream(stream, 16_384);
        var report = default(WitnessReport);
        try
        {
            var hello = (await ReadLineAsync(buffered)).Split(' ');
            report = new WitnessReport(hello[1]);
            if (_expected.TryGetValue(hello[0], out var expected) && !expected.TrySetResult(report))
                report.Says("a second worker came for the same session");
            while (await ReadPartAsync(buffered, report))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or IndexOutOfRangeException)
        {
            // Killed in the middle of a word.
        }
        finally
        {
            report?.End();
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString();
    }

    private static async Task<bool> ReadPartAsync(Stream stream, WitnessReport report)
    {
        var head = new byte[4];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length == LastWords)
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            report.Says(await reader.ReadToEndAsync());
            return false;
        }

        var part = new byte[length];
        await stream.ReadExactlyAsync(part);
        report.Took(part);
        return true;
    }
}
