namespace KubeWsBridge.Bridge.Metadata;

/// <summary>What is known of a connection's encryption; only of connections whose TLS ends in this server.</summary>
/// <param name="Version">The version as OpenSSL and web servers write it: <c>TLSv1.2</c>, <c>TLSv1.3</c>.</param>
/// <param name="CipherSuite">The suite by its IANA name.</param>
/// <param name="ServerName">The name the client asked for (SNI); null when it asked for none.</param>
/// <param name="Client">Its certificate; null when it showed none.</param>
public sealed record TlsFacts(string Version, string? CipherSuite, string? ServerName, ClientCertificateFacts? Client);
