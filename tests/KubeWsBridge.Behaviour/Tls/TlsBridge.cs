using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>Bridges with TLS, and clients that take whatever certificate they show.</summary>
internal static class TlsBridge
{
    /// <summary>A bridge with a self-signed certificate and a route for every handler.</summary>
    public static Task<BridgeProcess> StartAsync(params string[] arguments) =>
        BridgeProcess.StartWithHandlersAsync(["--tls-mode", "internal", .. arguments]);

    /// <summary>A bridge with a certificate in files.</summary>
    public static Task<BridgeProcess> StartAsync(Certificates.Files.PairFiles files, params string[] arguments) =>
        BridgeProcess.StartWithHandlersAsync(["--tls-mode", "manual", "--tls-cert", files.Certificate, "--tls-key", files.Key, .. arguments]);

    /// <summary>What a client of this kind is told.</summary>
    public static SslClientAuthenticationOptions Client(string host = "localhost", SslProtocols protocols = SslProtocols.None) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = protocols,
        AllowTlsResume = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // What is shown is the test's business.
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
    };

    /// <summary>Connects.</summary>
    public static Task<RawClient> ConnectAsync(BridgeProcess bridge, string host = "localhost", SslProtocols protocols = SslProtocols.None) =>
        RawClient.TlsAsync(bridge.Port, Client(host, protocols));

    /// <summary>The certificate a new client is shown.</summary>
    public static async Task<X509Certificate2> ShownAsync(BridgeProcess bridge, string host = "localhost")
    {
        await using var client = await ConnectAsync(bridge, host);
        return X509CertificateLoader.LoadCertificate(client.Tls.RemoteCertificate!.GetRawCertData());
    }

    /// <summary>Runs a program to its end, with nothing on its standard input; gives all it wrote.</summary>
    public static async Task<string> RunAsync(string program, string package, params string[] arguments)
    {
        var (_, said) = await PeerClients.PeerProgram.RunAsync(Peers.Find(program, $"apt-get install {package}"), arguments);
        return said;
    }
}
