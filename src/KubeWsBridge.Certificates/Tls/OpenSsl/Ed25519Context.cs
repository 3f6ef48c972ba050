using System.Collections.ObjectModel;
using System.Net.Security;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Pairs.OpenSsl;

namespace KubeWsBridge.Certificates.Tls.OpenSsl;

/// <summary>
/// Makes a certificate context with an Ed25519 key, for which .NET has no type: that of a throw-away certificate, with its four private members changed. The
/// only place that knows of them.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class Ed25519Context
{
    /// <summary>The context.</summary>
    /// <exception cref="TlsStartException">This version of .NET has other members.</exception>
    public static SslStreamCertificateContext Create(CertificatePair pair, SslCertificateTrust? trust)
    {
        try
        {
            using var throwAway = SelfSigned.Make(["throw-away.invalid"], KeyType.P256, DateTimeOffset.UnixEpoch).Leaf;
            var context = SslStreamCertificateContext.Create(throwAway, null, offline: true, trust);
            KeyHandle(context) = pair.Ed25519!.NewHandle();
            TargetCertificate(context) = pair.Leaf;
            // Forget these, and the chain is not sent.
            IntermediateCertificates(context) = new ReadOnlyCollection<X509Certificate2>([.. pair.Chain]);
            ReplaceCertificate(context, pair.Leaf);
            return context;
        }
        catch (Exception exception) when (exception is MissingMemberException or InvalidCastException)
        {
            throw new TlsStartException($"Ed25519 can't be served: .NET {Environment.Version} keeps certificates in another way than the versions this program knows. "
                + "Use another --tls-key-type, or a certificate with another key.");
        }
    }

    // The handle's type is not public, so the handle that is there gets another certificate.
    private static void ReplaceCertificate(SslStreamCertificateContext context, X509Certificate2 certificate)
    {
        var field = typeof(SslStreamCertificateContext).GetField("CertificateHandle", BindingFlags.NonPublic | BindingFlags.Instance);
        if (field?.GetValue(context) is not SafeHandle handle || Libcrypto.UpRefCertificate(certificate.Handle) != 1)
            throw new MissingFieldException(nameof(SslStreamCertificateContext), "CertificateHandle");
        var old = handle.DangerousGetHandle();
        Marshal.InitHandle(handle, certificate.Handle);
        Libcrypto.FreeCertificate(old);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "KeyHandle")]
    private static extern ref SafeEvpPKeyHandle KeyHandle(SslStreamCertificateContext context);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<TargetCertificate>k__BackingField")]
    private static extern ref X509Certificate2 TargetCertificate(SslStreamCertificateContext context);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<IntermediateCertificates>k__BackingField")]
    private static extern ref ReadOnlyCollection<X509Certificate2> IntermediateCertificates(SslStreamCertificateContext context);
}
