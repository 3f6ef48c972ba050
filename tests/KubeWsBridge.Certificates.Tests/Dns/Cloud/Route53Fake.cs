using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>Checks Signature Version 4 by its own reckoning; changes name exactly what they delete, and take a while.</summary>
internal sealed partial class Route53Fake : RrsetFake
{
    private const string Base = "route53.amazonaws.com/2013-04-01";

    private static readonly XNamespace Space = "https://route53.amazonaws.com/doc/2013-04-01/";

    private int _pending;

    public override string Provider => "route53";

    public override string[] Pairs => ["access_key_id=AKIDEXAMPLE", "secret_access_key=aws-secret", "session_token=session"];

    public override string[] WrongPairs => ["access_key_id=AKIDEXAMPLE", "secret_access_key=wrong-secret"];

    public override string Refusal => "SignatureDoesNotMatch; The request signature we calculated does not match";

    public override string NoZone => "route53 shows no public hosted zone elsewhere.test to this key";

    public override Reply TooMany { get; } = Error(400, "Throttling", "Rate exceeded");

    public override TimeSpan Wait { get; } = TimeSpan.FromSeconds(1);

    protected override Reply Answer(Call call)
    {
        if (!IsSigned(call))
            return Error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
        if (call.Line == $"GET {Base}/hostedzonesbyname")
            return Zones(call.Query("dnsname"));
        if (call.Line == $"GET {Base}/hostedzone/Z1/rrset")
            return Sets(Host(call.Query("name")));
        if (call.Line == $"POST {Base}/hostedzone/Z1/rrset/")
            return Change(XDocument.Parse(call.Body));
        return call.Line == $"GET {Base}/change/C1" ? ChangeState("GetChangeResponse") : Error(404, "NoSuchHostedZone", "No hosted zone found");
    }

    // The list starts at the name and goes on with other names; a private zone of the same name may be among them.
    private static Reply Zones(string name) => Xml("ListHostedZonesByNameResponse", new XElement(Space + "HostedZones",
        name == Zone + "." ? new[] { ShowZone("Z0", Zone, true), ShowZone("Z1", Zone, false) } : [],
        ShowZone("Z9", "other.test", false)));

    private static XElement ShowZone(string id, string name, bool isPrivate) => new(Space + "HostedZone",
        new XElement(Space + "Id", "/hostedzone/" + id), new XElement(Space + "Name", name + "."),
        new XElement(Space + "Config", new XElement(Space + "PrivateZone", isPrivate)));

    private Reply Sets(string host)
    {
        var set = Set(host);
        // Where there is no such set, the list starts with the next one.
        return Xml("ListResourceRecordSetsResponse", new XElement(Space + "ResourceRecordSets", set.Length > 0
            ? ShowSet(Absolute(host), "TXT", set[0].Ttl, set.Select(record => record.Value))
            : ShowSet("zzz." + Zone, "A", 300, ["192.0.2.1"])));
    }

    private static XElement ShowSet(string name, string type, int ttl, IEnumerable<string> values) => new(Space + "ResourceRecordSet",
        new XElement(Space + "Name", name + "."), new XElement(Space + "Type", type), new XElement(Space + "TTL", ttl),
        new XElement(Space + "ResourceRecords", values.Select(value => new XElement(Space + "ResourceRecord", new XElement(Space + "Value", value)))));

    private Reply Change(XDocument body)
    {
        if (body.Root!.Name != Space + "ChangeResourceRecordSetsRequest")
            return Error(400, "InvalidInput", "no change");
        foreach (var change in body.Descendants(Space + "Change"))
        {
            var host = Host(change.Descendants(Space + "Name").Single().Value);
            var ttl = int.Parse(change.Descendants(Space + "TTL").Single().Value, CultureInfo.InvariantCulture);
            string[] values = [.. change.Descendants(Space + "Value").Select(value => value.Value)];
            var set = Set(host);
            if (change.Element(Space + "Action")!.Value == "CREATE")
            {
                if (set.Length > 0)
                    return Invalid($"Tried to create resource record set [name='{host}', type='TXT'] but it already exists");
                Replace(host, values, ttl);
                continue;
            }
            if (set.Length == 0)
                return Invalid($"Tried to delete resource record set [name='{host}', type='TXT'] but it was not found");
            if (set[0].Ttl != ttl || !values.SequenceEqual(set.Select(record => record.Value)))
                return Invalid($"Tried to delete resource record set [name='{host}', type='TXT'] but the values provided do not match the current values");
            Replace(host, [], 0);
        }
        _pending = 2;
        return ChangeState("ChangeResourceRecordSetsResponse");
    }

    private Reply ChangeState(string name) => Xml(name, new XElement(Space + "ChangeInfo",
        new XElement(Space + "Id", "/change/C1"), new XElement(Space + "Status", _pending-- > 0 ? "PENDING" : "INSYNC")));

    private bool IsSigned(Call call)
    {
        var parts = Parts().Match(call.Authorization);
        var moment = call.Header("X-Amz-Date");
        var token = call.Header("X-Amz-Security-Token");
        if (!parts.Success || token != "session" || DateTimeOffset.ParseExact(moment, "yyyyMMdd'T'HHmmss'Z'", null, DateTimeStyles.AssumeUniversal) != Time.GetUtcNow())
            return false;
        var type = call.Body.Length > 0 ? "content-type:application/xml; charset=utf-8\n" : "";
        var query = string.Join('&', call.Address.Query.TrimStart('?').Split('&').Order(StringComparer.Ordinal));
        var canonical = $"{call.Method}\n{call.Address.AbsolutePath}\n{query}\n{type}host:route53.amazonaws.com\nx-amz-date:{moment}\nx-amz-security-token:{token}\n\n"
            + $"{parts.Groups[2].Value}\n{Hash(call.Body)}";
        var scope = $"{moment[..8]}/us-east-1/route53/aws4_request";
        var key = new[] { moment[..8], "us-east-1", "route53", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4aws-secret"), Mac);
        return parts.Groups[1].Value == $"AKIDEXAMPLE/{scope}"
            && parts.Groups[3].Value == Convert.ToHexStringLower(Mac(key, $"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{Hash(canonical)}"));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static Reply Xml(string name, XElement content) => new(200, new XDocument(new XElement(Space + name, content)).ToString(), "text/xml");

    private static Reply Invalid(string message) => new(400,
        new XElement(Space + "InvalidChangeBatch", new XElement(Space + "Messages", new XElement(Space + "Message", message))).ToString(), "text/xml");

    private static Reply Error(int status, string code, string message) => new(status, new XElement(Space + "ErrorResponse",
        new XElement(Space + "Error", new XElement(Space + "Type", "Sender"), new XElement(Space + "Code", code), new XElement(Space + "Message", message)),
        new XElement(Space + "RequestId", "b25f48e8")).ToString(), "text/xml");

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$")]
    private static partial Regex Parts();
}
