using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Amazon Route 53.</summary>
internal sealed class Route53Provider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private const string Version = "2013-04-01";

    private static readonly XNamespace Space = $"https://route53.amazonaws.com/doc/{Version}/";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    private readonly ProviderApi _api = new(
        Definition.Name, $"https://route53.amazonaws.com/{Version}/", Signer(parameters, context.Time).SignAsync, parameters, context)
    {
        // Five requests a second for the account, and one change at a time for a zone; both are answered with 400.
        IsThrottled = static answer => answer.Body.Contains("<Code>Throttling", StringComparison.Ordinal)
            || answer.Body.Contains("PriorRequestNotComplete", StringComparison.Ordinal),
    };

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "route53",
        Title = "Amazon Route 53",
        Documentation = "https://docs.aws.amazon.com/Route53/latest/APIReference/",
        Remark = "The key needs `route53:ListHostedZonesByName`, `route53:ListResourceRecordSets`, `route53:ChangeResourceRecordSets` and `route53:GetChange`. With "
            + "`hosted_zone_id` the first is not used. Profiles, roles of machines and web identities are not read: give keys, temporary ones with their `session_token`.",
        Parameters =
        [
            new() { Key = "access_key_id", Meaning = "the access key's id.", IsRequired = true, Variables = ["AWS_ACCESS_KEY_ID"] },
            new() { Key = "secret_access_key", Meaning = "the secret access key.", IsRequired = true, IsSecret = true, Variables = ["AWS_SECRET_ACCESS_KEY"] },
            new() { Key = "session_token", Meaning = "the session token of a temporary key.", IsSecret = true, Variables = ["AWS_SESSION_TOKEN"] },
            new() { Key = "region", Meaning = "the region requests are signed for; Route 53 has one for all.", Default = "us-east-1", Variables = ["AWS_REGION"] },
            new() { Key = "hosted_zone_id", Meaning = "the hosted zone's id, where the name does not tell it.", Variables = ["AWS_HOSTED_ZONE_ID"] },
        ],
        Make = static (parameters, context) => new Route53Provider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        // Sets are listed in order from the name on; the first may already be another one.
        var path = $"hostedzone/{await ZoneAsync(record, cancellationToken)}/rrset?name={DnsName.Absolute(record.Name)}&type=TXT&maxitems=1";
        var list = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        var set = list.Descendants(Space + "ResourceRecordSet").FirstOrDefault(set => Text(set, "Type") == "TXT" && DnsName.Normalize(Text(set, "Name")) == record.Name);
        if (set?.Element(Space + "SetIdentifier") is not null)
            throw new DnsException($"route53: the TXT records of {record.Name} have a routing policy, which challenges cannot share. Remove it.");
        return set is null ? null : new Rrset(
            [.. set.Descendants(Space + "Value").Select(value => value.Value)], int.Parse(Text(set, "TTL"), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        var body = new XElement(Space + "ChangeResourceRecordSetsRequest", new XElement(Space + "ChangeBatch", new XElement(Space + "Changes",
            Changes(before, after).Select(change => Change(change.Action, record, change.Set)))));
        var path = $"hostedzone/{await ZoneAsync(record, cancellationToken)}/rrset/";
        var answer = await _api.ExchangeAsync(HttpMethod.Post, path, Content(body), cancellationToken);
        // The deletion of a set that is no longer as it was read is refused, and so is the creation of one that is there.
        if (answer.Status == HttpStatusCode.BadRequest && answer.Body.Contains("InvalidChangeBatch", StringComparison.Ordinal)
            && (answer.Body.Contains("do not match", StringComparison.Ordinal) || answer.Body.Contains("not found", StringComparison.Ordinal)
                || answer.Body.Contains("already exists", StringComparison.Ordinal)))
            return false;
        await WaitAsync(Parse(_api.Check(answer)), cancellationToken);
        return true;
    }

    // Deleting what was read and creating what shall be, in one batch, fails as a whole when somebody else was faster; UPSERT would not notice.
    private static IEnumerable<(string Action, Rrset Set)> Changes(Rrset? before, Rrset? after)
    {
        if (before is not null)
            yield return ("DELETE", before);
        if (after is not null)
            yield return ("CREATE", after);
    }

    private static XElement Change(string action, TxtRecord record, Rrset set) => new(Space + "Change",
        new XElement(Space + "Action", action),
        new XElement(Space + "ResourceRecordSet",
            new XElement(Space + "Name", DnsName.Absolute(record.Name)),
            new XElement(Space + "Type", "TXT"),
            new XElement(Space + "TTL", set.Ttl),
            new XElement(Space + "ResourceRecords",
                set.Values.Select(value => new XElement(Space + "ResourceRecord", new XElement(Space + "Value", value))))));

    private async Task WaitAsync(XDocument answer, CancellationToken cancellationToken)
    {
        while (answer.Descendants(Space + "ChangeInfo").FirstOrDefault() is { } change && Text(change, "Status") == "PENDING")
        {
            await Task.Delay(Pause, context.Time, cancellationToken);
            answer = await SendAsync(HttpMethod.Get, $"change/{LastPart(Text(change, "Id"))}", null, cancellationToken);
        }
    }

    private async Task<string> ZoneAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        if (parameters.Find("hosted_zone_id") is { } known)
            return LastPart(known);
        var list = await SendAsync(HttpMethod.Get, $"hostedzonesbyname?dnsname={DnsName.Absolute(record.Zone)}&maxitems=100", null, cancellationToken);
        // Private zones of the same name answer only inside their networks, where no authority is.
        var zone = list.Descendants(Space + "HostedZone").FirstOrDefault(zone => DnsName.Normalize(Text(zone, "Name")) == record.Zone
            && zone.Descendants(Space + "PrivateZone").All(isPrivate => isPrivate.Value != "true"));
        return zone is not null ? LastPart(Text(zone, "Id"))
            : throw new DnsException($"route53 shows no public hosted zone {record.Zone} to this key. Check the account, or give hosted_zone_id.");
    }

    private async Task<XDocument> SendAsync(HttpMethod method, string path, XElement? body, CancellationToken cancellationToken) =>
        Parse(await _api.SendAsync(method, path, body is null ? null : Content(body), cancellationToken));

    private static XDocument Parse(ProviderAnswer answer)
    {
        try
        {
            return XDocument.Parse(answer.Body);
        }
        catch (XmlException e)
        {
            throw new DnsException($"route53 answered {answer.Request} with something that is no XML: {ErrorText.Start(answer.Body)}", e);
        }
    }

    private static Func<HttpContent> Content(XElement body)
    {
        var text = """<?xml version="1.0" encoding="UTF-8"?>""" + body.ToString(SaveOptions.DisableFormatting);
        return () => new StringContent(text, Encoding.UTF8, "application/xml");
    }

    private static string Text(XElement element, string name) => element.Element(Space + name)?.Value ?? "";

    // Ids come as /hostedzone/Z… and /change/C….
    private static string LastPart(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static SignatureV4 Signer(DnsProviderParameters parameters, TimeProvider time)
    {
        var credentials = new AwsCredentials(
            parameters.Get("access_key_id"), parameters.GetSecret("secret_access_key"), parameters.FindSecret("session_token"));
        return new SignatureV4(credentials, parameters.Get("region"), "route53", time);
    }
}
