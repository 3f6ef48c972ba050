using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>Reads a certificate's subject alternative names (RFC 5280 section 4.2.1.6), those of SPIFFE among them.</summary>
internal static class AlternativeNames
{
    private const string Extension = "2.5.29.17";

    private static readonly Asn1Tag Email = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <summary>The names of the four usual kinds, each with its kind in front, in the certificate's order.</summary>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        var names = new List<string>();
        if (certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == Extension) is not { } extension)
            return names;
        try
        {
            var list = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (list.HasData)
                if (Read(list) is { } name)
                    names.Add(name);
        }
        catch (AsnContentException)
        {
            // An authority signed it nevertheless; what came before is as good as it was.
        }

        return names;
    }

    private static string? Read(AsnReader list)
    {
        var tag = list.PeekTag();
        if (tag.HasSameClassAndValue(Dns))
            return "DNS:" + list.ReadCharacterString(UniversalTagNumber.IA5String, Dns);
        if (tag.HasSameClassAndValue(Uri))
            return "URI:" + list.ReadCharacterString(UniversalTagNumber.IA5String, Uri);
        if (tag.HasSameClassAndValue(Email))
            return "email:" + list.ReadCharacterString(UniversalTagNumber.IA5String, Email);
        if (!tag.HasSameClassAndValue(Address))
        {
            list.ReadEncodedValue();
            return null;
        }

        var bytes = list.ReadOctetString(Address);
        return bytes.Length is 4 or 16 ? $"IP:{new IPAddress(bytes)}" : null;
    }
}
