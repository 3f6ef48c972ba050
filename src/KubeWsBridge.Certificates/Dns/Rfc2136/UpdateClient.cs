using System.Buffers.Binary;
using System.Net.Sockets;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>Carries a message to a DNS server and its answer back, over TCP: nothing is lost, and nobody can answer in its place.</summary>
/// <param name="host">The server.</param>
/// <param name="port">Its port.</param>
/// <param name="time">The time.</param>
internal sealed class UpdateClient(string host, int port, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The answer.</summary>
    /// <exception cref="DnsException">The server was not reached, or what it said is no DNS message.</exception>
    public async Task<byte[]> ExchangeAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(host, port, both.Token);
            var stream = connection.GetStream();
            await stream.WriteAsync(new WireWriter().Counted(message).ToArray(), both.Token);
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, both.Token);
            var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(answer, both.Token);
            return answer;
        }
        catch (Exception e) when (e is SocketException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var problem = e is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds} s" : e.Message;
            throw new DnsException($"rfc2136 did not reach {host} port {port} over TCP: {problem} Check server, and that TCP is let through.", e);
        }
    }
}
