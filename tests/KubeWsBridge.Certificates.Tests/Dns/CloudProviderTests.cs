using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Tests.Dns.Cloud;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>What every service's provider must do, against a fake of the service's documented interface.</summary>
public sealed class CloudProviderTests
{
    private const string Host = "_acme-challenge.www";

    private static readonly Dictionary<string, Func<CloudFake>> Fakes = new()
    {
        ["cloudflare"] = () => new CloudflareFake(),
        ["route53"] = () => new Route53Fake(),
        ["digitalocean"] = () => new DigitalOceanFake(),
        ["hetzner"] = () => new HetznerFake(),
        ["gcloud"] = () => new GoogleCloudFake(),
        ["azure"] = () => new AzureFake(),
        ["ovh"] = () => new OvhFake(),
        ["gandi"] = () => new GandiFake(),
        ["desec"] = () => new DesecFake(),
        ["porkbun"] = () => new PorkbunFake(),
        ["linode"] = () => new LinodeFake(),
        ["vultr"] = () => new VultrFake(),
        ["godaddy"] = () => new GoDaddyFake(),
    };

    public static TheoryData<string> All => new([.. Fakes.Keys]);

    [Fact]
    public void Fakes_Exist_ForEveryServiceOfTheTable() =>
        Assert.Equal(DnsProviderTable.Names.Except(["rfc2136", "powerdns", "exec", "httpreq", "acmedns"]).Order(), Fakes.Keys.Order());

    [Theory]
    [MemberData(nameof(All))]
    public async Task TwoValues_AddedAndRemovedOneByOne_ComeAndGo(string name)
    {
        var (fake, provider) = Make(name);
        await provider.AddAsync(RecordOf(name, "first"), default);
        await provider.AddAsync(RecordOf(name, "second"), default);
        Assert.Equal(["first", "second"], fake.Texts(Host));
        await provider.RemoveAsync(RecordOf(name, "first"), default);
        Assert.Equal(["second"], fake.Texts(Host));
        await provider.RemoveAsync(RecordOf(name, "second"), default);
        Assert.Empty(fake.Records);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task ForeignValues_OfTheSameName_Stay(string name)
    {
        var (fake, provider) = Make(name);
        string[] foreign = ["foreign-1", "foreign-2", "foreign-3"];
        foreach (var value in foreign)
            fake.Seed(Host, value);
        fake.Seed("", "v=spf1 -all");
        var before = fake.Records.Select(record => (record.Host, record.Value, record.Ttl)).ToArray();

        await provider.AddAsync(RecordOf(name, "ours"), default);
        Assert.Equal([.. foreign, "ours"], fake.Texts(Host));
        await provider.RemoveAsync(RecordOf(name, "ours"), default);

        Assert.Equal(before.Order(), fake.Records.Select(record => (record.Host, record.Value, record.Ttl)).Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Again_AddedOrRemoved_ChangesNothing(string name)
    {
        var (fake, provider) = Make(name);
        await provider.RemoveAsync(RecordOf(name, "v"), default);
        await provider.AddAsync(RecordOf(name, "v"), default);
        await provider.AddAsync(RecordOf(name, "v"), default);
        Assert.Equal(["v"], fake.Texts(Host));
        await provider.RemoveAsync(RecordOf(name, "v"), default);
        await provider.RemoveAsync(RecordOf(name, "v"), default);
        Assert.Empty(fake.Records);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task ZonesOwnName_Used_Works(string name)
    {
        var (fake, provider) = Make(name);
        var record = RecordOf(name, "v") with { Name = "example.test" };
        await provider.AddAsync(record, default);
        Assert.Equal(["v"], fake.Texts(""));
        await provider.RemoveAsync(record, default);
        Assert.Empty(fake.Records);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Credentials_Wrong_AreSaidInItsOwnWordsAndNotShown(string name)
    {
        var fake = Fakes[name]();
        var provider = Create(name, fake, fake.Time, fake.WrongPairs);
        var e = await FailsAsync(() => provider.AddAsync(RecordOf(name, "v"), default));
        Assert.Contains(fake.Refusal, e.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{name} refused ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Zone_NotThere_IsSaid(string name)
    {
        var (fake, provider) = Make(name);
        var record = RecordOf(name, "v") with { Zone = "elsewhere.test", Name = "_acme-challenge.elsewhere.test" };
        var e = await FailsAsync(() => provider.AddAsync(record, default));
        Assert.Contains(fake.NoZone, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task RequestLimit_Hit_IsWaitedOut(string name)
    {
        var (fake, provider) = Make(name);
        fake.Interruptions.Enqueue(fake.TooMany);
        await provider.AddAsync(RecordOf(name, "v"), default);
        Assert.Equal(["v"], fake.Texts(Host));
        Assert.Equal(fake.Wait, fake.Time.Waits[0]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task RequestLimit_HitForEver_EndsWithItsWords(string name)
    {
        var (fake, provider) = Make(name);
        for (var i = 0; i < 100; i++)
            fake.Interruptions.Enqueue(fake.TooMany);
        var e = await FailsAsync(() => provider.AddAsync(RecordOf(name, "v"), default));
        Assert.Matches($"^{name} refused .* (429|400) ", e.Message);
        Assert.Equal(5, fake.Lines.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task RequestLimit_OfHours_IsNotWaitedFor(string name)
    {
        var (fake, provider) = Make(name);
        fake.Interruptions.Enqueue(new Reply(429, "", "text/plain", ("Retry-After", "79200")));
        await FailsAsync(() => provider.AddAsync(RecordOf(name, "v"), default));
        Assert.Empty(fake.Time.Waits);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Answer_NotUnderstood_IsSaid(string name)
    {
        var (fake, provider) = Make(name);
        fake.Interruptions.Enqueue(new Reply(200, "<html>Maintenance", "text/html"));
        var e = await FailsAsync(() => provider.AddAsync(RecordOf(name, "v"), default));
        Assert.Contains("<html>Maintenance", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("route53")]
    [InlineData("gcloud")]
    [InlineData("azure")]
    public async Task SomebodyElse_Faster_IsNotOverwritten(string name)
    {
        var (fake, provider) = Make(name);
        var raced = false;
        // Between our reading and our writing another client adds a value.
        fake.Before = call =>
        {
            if (call.Method == HttpMethod.Get || raced || call.Address.AbsolutePath.EndsWith("token", StringComparison.Ordinal))
                return;
            raced = true;
            fake.Seed(Host, "theirs");
        };
        await provider.AddAsync(RecordOf(name, "ours"), default);
        Assert.True(raced);
        Assert.Equal(["ours", "theirs"], fake.Texts(Host));
    }

    [Theory]
    [InlineData("gcloud")]
    [InlineData("azure")]
    public async Task Token_UsedAgainWhileGood_AndReplacedThen(string name)
    {
        var (fake, provider) = Make(name);
        await provider.AddAsync(RecordOf(name, "v"), default);
        await provider.RemoveAsync(RecordOf(name, "v"), default);
        Assert.Single(fake.Lines, line => line.EndsWith("token", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromHours(1), fake.Time);
        await provider.AddAsync(RecordOf(name, "v"), default);
        Assert.Equal(2, fake.Lines.Count(line => line.EndsWith("token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ovh_Changes_AreRefreshed()
    {
        var (fake, provider) = Make("ovh");
        await provider.AddAsync(RecordOf("ovh", "v"), default);
        Assert.True(((OvhFake)fake).IsFresh);
        await provider.RemoveAsync(RecordOf("ovh", "v"), default);
        Assert.True(((OvhFake)fake).IsFresh);
    }

    [Fact]
    public async Task Ovh_ServiceAccount_Works()
    {
        var fake = new OvhFake();
        await Create("ovh", fake, fake.Time, "client_id=id", "client_secret=account-secret").AddAsync(RecordOf("ovh", "v"), default);
        Assert.Equal(["v"], fake.Texts(Host));
    }

    [Fact]
    public async Task Azure_WorkloadIdentity_IsReadAnewForEachToken()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "workload-token\n");
        var fake = new AzureFake { Assertion = "workload-token" };
        await Create("azure", fake, fake.Time, [.. fake.Pairs[..^1], $"federated_token={file}"]).AddAsync(RecordOf("azure", "v"), default);
        Assert.Equal(["v"], fake.Texts(Host));
        File.Delete(file);
    }

    [Fact]
    public async Task GoogleCloud_WithoutKey_AsksTheMetadataServer()
    {
        var fake = new GoogleCloudFake();
        await Create("gcloud", fake, fake.Time, "gcp_project=project-1").AddAsync(RecordOf("gcloud", "v"), default);
        Assert.Contains("GET metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token", fake.Lines);
    }

    [Fact]
    public async Task Route53_ZoneGiven_IsNotLookedUp()
    {
        var fake = new Route53Fake();
        await Create("route53", fake, fake.Time, [.. fake.Pairs, "hosted_zone_id=/hostedzone/Z1"]).AddAsync(RecordOf("route53", "v"), default);
        Assert.DoesNotContain(fake.Lines, line => line.Contains("hostedzonesbyname", StringComparison.Ordinal));
    }

    private static (CloudFake Fake, IDnsProvider Provider) Make(string name)
    {
        var fake = Fakes[name]();
        return (fake, Create(name, fake, fake.Time, fake.Pairs));
    }

    private static TxtRecord RecordOf(string name, string value)
    {
        var least = DnsProviderTable.Find(name)!.MinimumTtl;
        return Record(value) with { Ttl = least > TimeSpan.FromSeconds(60) ? least : TimeSpan.FromSeconds(60) };
    }
}
