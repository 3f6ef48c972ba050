using System.Security.Authentication;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>How connections are encrypted, in the words of those who do it.</summary>
internal sealed record TlsPolicy
{
    /// <summary>Derives it from the settings.</summary>
    public TlsPolicy(TlsSettings settings)
    {
        Suites = settings.Suites.Count > 0 ? settings.Suites : CipherSuites.Default;
        Groups = settings.Groups;
        IsAskedFor = settings.Suites.Count > 0 || settings.Groups.Count > 0;
        VerifiesClients = settings.VerifiesClients;
    }

    /// <summary>The suites, best first.</summary>
    public IReadOnlyList<CipherSuite> Suites { get; }

    /// <summary>The groups, best first; empty for OpenSSL's own.</summary>
    public IReadOnlyList<KeyGroup> Groups { get; }

    /// <summary>Whether somebody asked for it, rather than taking what is good by itself.</summary>
    public bool IsAskedFor { get; }

    /// <summary>Whether clients' certificates are verified.</summary>
    public bool VerifiesClients { get; }

    /// <summary>The versions there are suites and groups for. One without would fail every handshake in which it is chosen.</summary>
    public SslProtocols Protocols =>
        (Suites.Any(suite => !suite.IsTls13) && (Groups.Count == 0 || Groups.Any(group => !group.IsTls13Only)) ? SslProtocols.Tls12 : SslProtocols.None)
        | (Suites.Any(suite => suite.IsTls13) ? SslProtocols.Tls13 : SslProtocols.None);

    /// <summary>OpenSSL's list of suites of TLS 1.2; empty when there are none.</summary>
    public string Tls12List => List(Suites.Where(suite => !suite.IsTls13).Select(suite => suite.OpenSslName));

    /// <summary>OpenSSL's list of suites of TLS 1.3; empty when there are none.</summary>
    public string Tls13List => List(Suites.Where(suite => suite.IsTls13).Select(suite => suite.OpenSslName));

    /// <summary>OpenSSL's list of groups; empty for its own.</summary>
    public string GroupList => List(Groups.Select(group => group.Name));

    private static string List(IEnumerable<string> names) => string.Join(':', names);
}
