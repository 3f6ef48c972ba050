using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Tls;

namespace KubeWsBridge.Certificates.Tests.Tls;

/// <summary>Handshakes in memory.</summary>
internal static class Handshakes
{
    /// <summary>What a client saw.</summary>
    public sealed record Outcome(SslProtocols Protocol, TlsCipherSuite Suite, X509Certificate2 Certificate);

    /// <summary>One handshake; null when it fails.</summary>
    public static async Task<Outcome?> TryAsync(SslServerAuthenticationOptions server, SslClientAuthenticationOptions? client = null)
    {
        client ??= Client();
        var (up, down) = (new Pipe(), new Pipe());
        await using var serving = new SslStream(new DuplexStream(up.Reader.AsStream(), down.Writer.AsStream()));
        await using var asking = new SslStream(new DuplexStream(down.Reader.AsStream(), up.Writer.AsStream()));
        try
        {
            await Task.WhenAll(Serve(), Ask());
            return new Outcome(asking.SslProtocol, asking.NegotiatedCipherSuite, (X509Certificate2)asking.RemoteCertificate!);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return null;
        }

        async Task Serve()
        {
            try
            {
                await serving.AuthenticateAsServerAsync(server);
                await serving.WriteAsync("x"u8.ToArray());
            }
            catch
            {
                await down.Writer.CompleteAsync();
                throw;
            }
        }

        async Task Ask()
        {
            try
            {
                await asking.AuthenticateAsClientAsync(client);
                // Tickets of TLS 1.3 come after the handshake.
                await asking.ReadExactlyAsync(new byte[1]);
            }
            catch
            {
                await up.Writer.CompleteAsync();
                throw;
            }
        }
    }

    public static SslClientAuthenticationOptions Client(string host = "localhost", SslProtocols protocols = SslProtocols.None) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = protocols,
#pragma warning disable CA5359 // What is shown is the test's business.
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
    };
}
