using static System.Net.Security.TlsCipherSuite;
using static KubeWsBridge.Certificates.Tls.SuiteKey;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>The table of suites that can be asked for. Those with DHE are not in it: they would need parameters nobody wants to make.</summary>
public static class CipherSuites
{
    /// <summary>Used unless others are asked for: forward secrecy and authenticated encryption, the order as Mozilla recommends it.</summary>
    public static IReadOnlyList<CipherSuite> Default { get; } =
    [
        new(TLS_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256"),
        new(TLS_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384"),
        new(TLS_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256"),
        new(TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECDHE-ECDSA-AES128-GCM-SHA256", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "ECDHE-RSA-AES128-GCM-SHA256", Rsa),
        new(TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECDHE-ECDSA-AES256-GCM-SHA384", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "ECDHE-RSA-AES256-GCM-SHA384", Rsa),
        new(TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-ECDSA-CHACHA20-POLY1305", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-RSA-CHACHA20-POLY1305", Rsa),
    ];

    /// <summary>All of them, the default ones first.</summary>
    public static IReadOnlyList<CipherSuite> All { get; } =
    [
        .. Default,
        new(TLS_AES_128_CCM_SHA256, "TLS_AES_128_CCM_SHA256"),
        new(TLS_AES_128_CCM_8_SHA256, "TLS_AES_128_CCM_8_SHA256"),
        new(TLS_ECDHE_ECDSA_WITH_AES_128_CCM, "ECDHE-ECDSA-AES128-CCM", Ecdsa),
        new(TLS_ECDHE_ECDSA_WITH_AES_256_CCM, "ECDHE-ECDSA-AES256-CCM", Ecdsa),
        new(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "ECDHE-ECDSA-AES128-SHA256", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, "ECDHE-RSA-AES128-SHA256", Rsa),
        new(TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, "ECDHE-ECDSA-AES256-SHA384", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, "ECDHE-RSA-AES256-SHA384", Rsa),
        new(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "ECDHE-ECDSA-AES128-SHA", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, "ECDHE-RSA-AES128-SHA", Rsa),
        new(TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "ECDHE-ECDSA-AES256-SHA", Ecdsa),
        new(TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, "ECDHE-RSA-AES256-SHA", Rsa),
        new(TLS_RSA_WITH_AES_128_GCM_SHA256, "AES128-GCM-SHA256", Rsa),
        new(TLS_RSA_WITH_AES_256_GCM_SHA384, "AES256-GCM-SHA384", Rsa),
        new(TLS_RSA_WITH_AES_128_CBC_SHA256, "AES128-SHA256", Rsa),
        new(TLS_RSA_WITH_AES_256_CBC_SHA256, "AES256-SHA256", Rsa),
        new(TLS_RSA_WITH_AES_128_CBC_SHA, "AES128-SHA", Rsa),
        new(TLS_RSA_WITH_AES_256_CBC_SHA, "AES256-SHA", Rsa),
    ];

    private static readonly Dictionary<string, CipherSuite> ByName = All
        .SelectMany(suite => new[] { suite.Id.ToString(), suite.OpenSslName }.Distinct().Select(name => KeyValuePair.Create(name, suite)))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name in the table.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The suite by the IANA's name, OpenSSL's, or that of rustls (<c>TLS13_…</c>), whatever the case; null when there is none.</summary>
    public static CipherSuite? Find(string name) => ByName.GetValueOrDefault(
        name.StartsWith("TLS13_", StringComparison.OrdinalIgnoreCase) ? "TLS_" + name["TLS13_".Length..] : name);
}
