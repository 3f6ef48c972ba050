namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>The names of the challenges met here.</summary>
public static class ChallengeTypes
{
    /// <summary>A text under /.well-known/acme-challenge/ on port 80 (RFC 8555 section 8.3).</summary>
    public const string Http01 = "http-01";

    /// <summary>A TXT record below _acme-challenge (RFC 8555 section 8.4).</summary>
    public const string Dns01 = "dns-01";

    /// <summary>A certificate shown on port 443 to who offers acme-tls/1 (RFC 8737).</summary>
    public const string TlsAlpn01 = "tls-alpn-01";
}
