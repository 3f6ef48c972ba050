using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KubeWsBridge.Hosting;

/// <summary>
/// Serves HTTP/1.1 and HTTP/2 without TLS on one port: a connection that begins with HTTP/2's preface (RFC 9113 section 3.3, prior knowledge)
/// goes to Kestrel's HTTP/2 pipeline, every other to that of HTTP/1.1.
/// </summary>
/// <remarks>
/// Kestrel chooses the protocol per endpoint, and without TLS there is no ALPN to choose by. So a second endpoint, on which nothing ever
/// arrives, gives us its HTTP/2 pipeline.
/// </remarks>
internal sealed class Http2PriorKnowledge(TimeSpan firstBytesTimeout, TimeProvider timeProvider)
{
    private ConnectionDelegate? _http2;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0"u8;

    /// <summary>Adds the endpoint that only exists for its pipeline.</summary>
    public void Configure(KestrelServerOptions kestrel) => kestrel.Listen(SilentEndPoint.Instance, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(Capture);
    });

    /// <summary>The connection middleware for the endpoint of HTTP/2: remembers what comes after it.</summary>
    internal ConnectionDelegate Capture(ConnectionDelegate http2) => _http2 = http2;

    /// <summary>The connection middleware for the endpoint that both protocols share.</summary>
    public ConnectionDelegate Use(ConnectionDelegate http1) => async connection =>
    {
        if (await BeginsWithPrefaceAsync(connection) is not { } http2)
            connection.Abort(new ConnectionAbortedException("The client sent no request."));
        else
            await (http2 ? _http2! : http1)(connection);
    };

    /// <summary>Looks at the first bytes and leaves them; null when the client is silent or gone.</summary>
    private async Task<bool?> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var deadline = new CancellationTokenSource(firstBytesTimeout, timeProvider);
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(deadline.Token);
                var verdict = Judge(result.Buffer);
                input.AdvanceTo(result.Buffer.Start, verdict is null ? result.Buffer.End : result.Buffer.Start);
                if (verdict is not null || result.IsCompleted)
                    return verdict ?? false;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The time is over, or the client has reset the connection.
            return null;
        }
    }

    /// <summary>Null while the bytes could still become the preface.</summary>
    private static bool? Judge(ReadOnlySequence<byte> received)
    {
        Span<byte> front = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(received.Length, front.Length);
        received.Slice(0, length).CopyTo(front);
        if (!front[..length].SequenceEqual(Preface[..length]))
            return false;
        return length == Preface.Length ? true : null;
    }
}
