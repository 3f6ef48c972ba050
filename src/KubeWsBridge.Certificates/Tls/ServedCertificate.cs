using System.Net.Security;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>A pair, ready for handshakes.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Options">What handshakes with it are told; shared by all of them, so that sessions can be resumed.</param>
public sealed record ServedCertificate(CertificatePair Pair, SslServerAuthenticationOptions Options);
