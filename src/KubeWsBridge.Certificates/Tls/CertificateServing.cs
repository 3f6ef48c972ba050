using System.Net.Security;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls.OpenSsl;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Makes pairs ready for handshakes, and has each make one before any client does.</summary>
internal sealed class CertificateServing(TlsSettings settings, ILogger logger)
{
    private readonly TlsPolicy _policy = new(settings);
    private bool _warned;

    /// <summary>The pair, ready.</summary>
    /// <exception cref="TlsStartException">It can't be served as the settings want it.</exception>
    public async Task<ServedCertificate> ServeAsync(CertificatePair pair, ClientVerification verification)
    {
        var context = pair.Ed25519 is not null && Ed25519Key.IsSupported
            ? Ed25519Context.Create(pair, verification.Trust)
            : Context(pair, verification.Trust);
        var options = Options(context);
        if (await ContextTuning.ApplyAsync(options, _policy) is { } why)
            Degrade(options, why);
        if (await TrialHandshake.RunAsync(options, _policy) is { } failure)
            throw new TlsStartException($"A trial handshake with the certificate for {string.Join(", ", pair.Names)} failed: {failure} "
                + "Check that --tls-ciphers and --tls-curves go with the certificate's key.");
        verification.Apply(options);
        return new ServedCertificate(pair, options);
    }

    // Offline: nothing is downloaded, neither missing intermediates nor OCSP answers.
    private static SslStreamCertificateContext Context(CertificatePair pair, SslCertificateTrust? trust) =>
        SslStreamCertificateContext.Create(pair.Leaf, [.. pair.Chain], offline: true, trust);

    private SslServerAuthenticationOptions Options(SslStreamCertificateContext context) => new()
    {
        ServerCertificateContext = context,
        EnabledSslProtocols = _policy.Protocols,
        ApplicationProtocols = [.. settings.Alpn],
    };

    // What is good by itself may be missed with a warning; what was asked for may not.
    private void Degrade(SslServerAuthenticationOptions options, string why)
    {
        if (_policy.IsAskedFor)
            throw new TlsStartException($"--tls-ciphers and --tls-curves can't be applied because {why}. Remove them.");
        if (!_warned)
            TlsLog.SystemSuites(logger, why);
        _warned = true;
    }
}
