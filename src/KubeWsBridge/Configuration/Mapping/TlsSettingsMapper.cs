using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands TLS its options.</summary>
internal static class TlsSettingsMapper
{
    /// <summary>The settings; null without TLS.</summary>
    public static TlsSettings? Map(OptionValues values, IReadOnlyList<OptionValues> certificates, AutomationSettings? automation)
    {
        var mode = values.Get(TlsOptions.Mode);
        if (mode == TlsMode.None)
            return null;
        var settings = new TlsSettings
        {
            Mode = mode,
            Pairs = Pairs(values, certificates),
            Domains = values.List(TlsOptions.Domains),
            KeyType = values.Get(TlsOptions.KeyType),
            StateDirectory = values.Find(TlsOptions.StateDir),
            ClientAuth = values[TlsOptions.ClientAuth].Values is [ClientAuthMode auth] ? auth : ClientAuthMode.None,
            ClientAuthCa = values.Find(TlsOptions.ClientAuthCa),
            Suites = values.List(TlsOptions.Ciphers),
            Groups = values.List(TlsOptions.Curves),
            SecretsLog = values.Find(TlsOptions.SecretsLog),
            AnswersChallenges = automation?.Challenges.Contains(ChallengeTypes.TlsAlpn01) ?? false,
            HandshakeTimeout = values.Get(ClientOptions.HeaderTimeout),
        };
        return values.List(TlsOptions.Alpn) is { Count: > 0 } alpn ? settings with { Alpn = alpn } : settings;
    }

    private static IReadOnlyList<PairFiles> Pairs(OptionValues values, IReadOnlyList<OptionValues> certificates)
    {
        var listed = certificates.Select(entry => new PairFiles(
            entry.Get(CertificateOptionTable.Cert), entry.Get(CertificateOptionTable.Key), entry.Find(CertificateOptionTable.KeyPasswordFile)));
        return values.Find(TlsOptions.Cert) is { } certificate && values.Find(TlsOptions.Key) is { } key
            ? [new PairFiles(certificate, key, values.Find(TlsOptions.KeyPasswordFile)), .. listed]
            : [.. listed];
    }
}
