using System.Buffers.Binary;
using System.Security.Cryptography;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Says when a certificate is to be renewed.</summary>
internal static class DueDate
{
    /// <summary>However small the ratio and whatever the advice, this much of the lifetime is left for attempts.</summary>
    private const double LastCall = 0.05;

    /// <summary>However large the ratio and whatever the advice, a new certificate is left in peace for this long, or a tenth of its life.</summary>
    private static readonly TimeSpan Peace = TimeSpan.FromHours(1);

    /// <summary>The date by the authority's advice, or by the share of the lifetime that remains.</summary>
    public static DateTimeOffset Of(StoredCertificate certificate, double ratio, RenewalWindow? advised)
    {
        var lifetime = certificate.NotAfter - certificate.NotBefore;
        var due = advised is null ? certificate.NotAfter - ratio * lifetime : Within(advised, certificate.Leaf.SerialNumberBytes.Span);
        var earliest = certificate.Record.ObtainedAt + Min(Peace, (certificate.NotAfter - certificate.Record.ObtainedAt) / 10);
        var latest = certificate.NotAfter - LastCall * lifetime;
        return Min(Max(due, earliest), Max(latest, earliest));
    }

    // RFC 9773 section 4.2 asks for a random time in the window. The serial number is random, and with it all replicas choose the same time,
    // also after a restart.
    private static DateTimeOffset Within(RenewalWindow window, ReadOnlySpan<byte> serial)
    {
        var share = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(serial)) / (double)uint.MaxValue;
        return window.Start + share * (window.End - window.Start);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
