using System.Net.Security;
using KubeWsBridge.Certificates.Tls;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Certificates.Tests.Tls;

public sealed class ClientVerificationTests : IDisposable
{
    private readonly TestAuthority _root = new("root");
    private readonly CertificateFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task ManyClients_WithIntermediates_LeaveNothingBehindInTheSharedPolicy()
    {
        var options = await ServeAsync();
        for (var i = 0; i < 5; i++)
        {
            using var intermediate = new TestAuthority("intermediate", _root);
            var client = Handshakes.Client();
            client.ClientCertificateContext = SslStreamCertificateContext.Create(
                intermediate.Issue("client", use: TestAuthority.ClientUse), [intermediate.Certificate], offline: true);
            Assert.NotNull(await Handshakes.TryAsync(options, client));
        }

        Assert.Empty(options.CertificateChainPolicy!.ExtraStore);
        Assert.Null(await Handshakes.TryAsync(options));
    }

    private async Task<SslServerAuthenticationOptions> ServeAsync()
    {
        var settings = new TlsSettings
        {
            Mode = TlsMode.Internal,
            ClientAuth = ClientAuthMode.RequireAndVerify,
            ClientAuthCa = _folder.Write("ca.pem", _root.Pem),
        };
        await using var server = await TlsServer.OpenAsync(settings, new FakeTimeProvider(DateTimeOffset.UtcNow), new RecordingLogger());
        return server.Store.Current.Find(null, null).Options;
    }
}
