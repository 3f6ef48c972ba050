using System.Buffers;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Asks PHP-FPM for its status page.</summary>
/// <param name="address">Where it is served.</param>
/// <param name="path">Its <c>pm.status_path</c>.</param>
internal sealed class FastCgiStatusPage(FastCgiAddress address, string path)
{
    private const int MaxBytes = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _request = FastCgiRequestWriter.Write(new Dictionary<string, string>
    {
        ["REQUEST_METHOD"] = "GET",
        ["SCRIPT_NAME"] = path,
        ["SCRIPT_FILENAME"] = path,
        ["REQUEST_URI"] = $"{path}?json",
        ["QUERY_STRING"] = "json",
        ["SERVER_PROTOCOL"] = "HTTP/1.1",
    });

    /// <summary>Reads the page.</summary>
    /// <exception cref="SocketException">Nobody listens, or the connection broke.</exception>
    /// <exception cref="InvalidDataException">The answer is another.</exception>
    /// <exception cref="OperationCanceledException">The token's patience ended, for example because all workers are busy.</exception>
    public async Task<FastCgiStatus> ReadAsync(CancellationToken cancellationToken)
    {
        using var socket = await address.ConnectAsync(cancellationToken);
        for (var rest = _request; !rest.IsEmpty;)
            rest = rest[await socket.SendAsync(rest, cancellationToken)..];

        var records = new FastCgiRecordReader();
        var head = new CgiHead();
        var page = new ArrayBufferWriter<byte>(1024);
        var buffer = new byte[4096];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, cancellationToken);
            if (count == 0 || page.WrittenCount > MaxBytes)
                throw new InvalidDataException("The answer has no end.");

            ReadOnlyMemory<byte> input = buffer.AsMemory(0, count);
            while (records.TryRead(ref input, out var piece))
            {
                if (piece.Type == FastCgiRecordType.Stdout)
                    page.Write(head.Strip(piece.Content).Span);
                if (piece.Type == FastCgiRecordType.EndRequest)
                    return head.StatusCode == 200
                        ? FastCgiStatus.Parse(page.WrittenMemory)
                        : throw new InvalidDataException($"PHP-FPM answered \"{head.Status}\".");
            }
        }
    }
}
