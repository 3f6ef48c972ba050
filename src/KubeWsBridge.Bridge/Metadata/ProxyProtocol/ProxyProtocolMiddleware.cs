using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Metadata.ProxyProtocol;

/// <summary>
/// A connection middleware, to stand before TLS, that reads the PROXY header and makes the connection's end points those of the client, so
/// that everything after it, logs and limits included, sees the client. Every connection must come from a trusted proxy and have a header.
/// </summary>
/// <remarks>
/// X-Forwarded-For is then believed only if the address in the PROXY header is itself a trusted proxy's. Usage:
/// <c>listenOptions.Use(middleware.Use)</c>, before <c>UseHttps</c>.
/// </remarks>
/// <param name="proxies">Who may connect; asked for each connection.</param>
/// <param name="deadline">How long the header may take from the accept on; proxies send it at once, 5 s leaves room for a lost packet.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets a line for each connection cut.</param>
public sealed class ProxyProtocolMiddleware(
    Func<TrustedProxies> proxies, TimeSpan deadline, TimeProvider time, ILogger<ProxyProtocolMiddleware> logger)
{
    /// <summary>Wraps the rest of the connection's way.</summary>
    public ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        if (await AcceptAsync(connection))
            await next(connection);
    };

    private async Task<bool> AcceptAsync(ConnectionContext connection)
    {
        var peer = connection.RemoteEndPoint;
        if (!proxies().Contains(TrustedProxies.Peer(peer).Address))
        {
            ProxyProtocolLog.NotTrusted(logger, peer);
            connection.Abort(new ConnectionAbortedException("The peer is not a trusted proxy."));
            return false;
        }

        var (header, problem) = await ReadAsync(connection.Transport.Input);
        if (problem is not null)
        {
            if (problem.Length == 0)
                ProxyProtocolLog.Silent(logger, peer);
            else
                ProxyProtocolLog.NoHeader(logger, peer, problem);
            connection.Abort(new ConnectionAbortedException("No valid PROXY header."));
            return false;
        }
        if (header.Source is not null)
            (connection.RemoteEndPoint, connection.LocalEndPoint) = (header.Source, header.Destination);
        return true;
    }

    // The problem is null when there is a header, and empty when the peer left without sending anything.
    private async Task<(ProxyProtocolHeader Header, string? Problem)> ReadAsync(PipeReader input)
    {
        using var late = new CancellationTokenSource(deadline, time);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(late.Token);
                var buffer = read.Buffer;
                switch (ProxyProtocolParser.Parse(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray(), out var header, out var consumed))
                {
                    case ProxyProtocolResult.Ok:
                        // Only the header is examined: what came with it is read by the next one at once.
                        input.AdvanceTo(buffer.GetPosition(consumed));
                        return (header, null);
                    case ProxyProtocolResult.Invalid:
                        return Reject("it is malformed");
                    case ProxyProtocolResult.NotPresent:
                        return Reject("it does not begin with one");
                    case ProxyProtocolResult.NeedMore when read.IsCompleted:
                        return Reject(buffer.IsEmpty ? "" : "it ended within the header");
                }
                input.AdvanceTo(buffer.Start, buffer.End);

                (ProxyProtocolHeader, string) Reject(string problem)
                {
                    input.AdvanceTo(buffer.Start, buffer.End);
                    return (default, problem);
                }
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return (default, $"it took longer than {deadline.TotalSeconds:0.###} s");
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException)
        {
            // A reset, as some load balancers end their health checks, or this server's own stop.
            return (default, "");
        }
    }
}
