using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>A handshake in memory, so that what can't work is noticed at the start and not by the first client.</summary>
internal static class TrialHandshake
{
    /// <summary>Lets a client that knows all suites of the policy talk to a server with these options.</summary>
    /// <returns>What went wrong, as a sentence; null when nothing did.</returns>
    public static async Task<string?> RunAsync(SslServerAuthenticationOptions server, TlsPolicy policy)
    {
        var (up, down) = (new Pipe(), new Pipe());
        await using var serving = new SslStream(new DuplexStream(up.Reader.AsStream(), down.Writer.AsStream()));
        await using var asking = new SslStream(new DuplexStream(down.Reader.AsStream(), up.Writer.AsStream()));
        try
        {
            await Task.WhenAll(EndOnFailure(serving.AuthenticateAsServerAsync(server), down.Writer), EndOnFailure(asking.AuthenticateAsClientAsync(Client(policy)), up.Writer));
            return null;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or CryptographicException or PlatformNotSupportedException)
        {
            return (exception.InnerException ?? exception).Message.TrimEnd('.') + ".";
        }
    }

    private static SslClientAuthenticationOptions Client(TlsPolicy policy)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "",
            EnabledSslProtocols = policy.Protocols,
            AllowTlsResume = false,
#pragma warning disable CA5359 // It is our own certificate, whatever the world thinks of it.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        };
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            options.CipherSuitesPolicy = new CipherSuitesPolicy(policy.Suites.Select(suite => suite.Id));
        return options;
    }

    // The other side would wait for ever.
    private static async Task EndOnFailure(Task handshake, PipeWriter output)
    {
        try
        {
            await handshake;
        }
        catch
        {
            await output.CompleteAsync();
            throw;
        }
    }
}
