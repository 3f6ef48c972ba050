using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

public class ChallengeTests(PlainPebble pebble) : PebbleTests(pebble), IClassFixture<PlainPebble>
{
    public static TheoryData<string, CertificateKeyType> Combinations()
    {
        var data = new TheoryData<string, CertificateKeyType>();
        foreach (var challenge in (string[])[ChallengeTypes.Http01, ChallengeTypes.TlsAlpn01, ChallengeTypes.Dns01])
        {
            foreach (var keyType in Enum.GetValues<CertificateKeyType>())
                data.Add(challenge, keyType);
        }
        return data;
    }

    [Theory, MemberData(nameof(Combinations))]
    public async Task Order_EveryChallengeAndKeyType_IsIssued(string challenge, CertificateKeyType keyType)
    {
        var flow = Flow(await NewAccountAsync(), Solver(challenge), keyType);

        var issued = await flow.RunAsync(Order(Name, "www." + Name), None);

        await AssertTrustedAsync(issued, Name, "www." + Name);
        Assert.Equal(keyType, KeyTypeOf(issued));
        Assert.Equal(2, Events.Count(step => step.Step == OrderStep.CleanedUp));
    }

    [Fact]
    public async Task Order_WildcardAndApex_ShareOneTxtName()
    {
        var flow = Flow(await NewAccountAsync(), Solver(ChallengeTypes.Dns01));

        var issued = await flow.RunAsync(Order(Name, "*." + Name), None);

        await AssertTrustedAsync(issued, Name, "*." + Name);
        Assert.Equal(0, Dns.Count);
        Assert.Empty(Journal.Order!.Presented);
    }

    [Theory, InlineData(ChallengeTypes.Http01), InlineData(ChallengeTypes.TlsAlpn01)]
    public async Task Order_Address_IsIssued(string challenge)
    {
        var flow = Flow(await NewAccountAsync(), Solver(challenge));

        var issued = await flow.RunAsync(Order("127.0.0.1"), None);

        Assert.True(issued.Chain.Leaf.MatchesHostname("127.0.0.1"));
    }

    [Fact]
    public async Task Order_WildcardWithoutDns_SaysWhatIsNeeded()
    {
        var flow = Flow(await NewAccountAsync(), Solver(ChallengeTypes.Http01));

        var refused = await Assert.ThrowsAsync<AcmeException>(() => flow.RunAsync(Order("*." + Name), None));

        Assert.Equal(
            $"The authority offers dns-01 for *.{Name}, and this server is set up for http-01. A wildcard needs dns-01: configure a DNS provider.",
            refused.Message);
    }

    [Fact]
    public async Task Order_ValidationFailsThenMended_IsIssuedByTheNextOrder()
    {
        var account = await NewAccountAsync();
        var nobodyAnswers = new Http01Solver(new ChallengeAnswers());

        var failed = await Assert.ThrowsAsync<AcmeOrderException>(() => Flow(account, nobodyAnswers).RunAsync(Order(Name), None));
        var first = Journal.Order!.Order;
        var issued = await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);

        Assert.StartsWith($"Control of {Name} was not proved. {Name}: unauthorized", failed.Message, StringComparison.Ordinal);
        Assert.Equal(ProblemKinds.Unauthorized, failed.Problem!.Kind);
        await AssertTrustedAsync(issued, Name);
        Assert.NotEqual(first, Journal.Order.Order);
        Assert.Contains(Events, step => step.Step == OrderStep.Forgotten && step.Detail == "it is invalid");
    }

    [Fact]
    public async Task Order_SomethingElseAnswers_NamesEveryNameAtFault()
    {
        var account = await NewAccountAsync();

        var failed = await Assert.ThrowsAsync<AcmeOrderException>(
            () => Flow(account, new WrongAnswers(Pebble.Listeners.Answers)).RunAsync(Order(Name, "www." + Name), None));

        Assert.Contains($"{Name}: unauthorized", failed.Message, StringComparison.Ordinal);
        Assert.Contains($"www.{Name}: unauthorized", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Journal.Order!.Presented);
    }

    [Fact]
    public async Task Order_AuthorizationsValidAlready_NeedNoChallenge()
    {
        var account = await NewAccountAsync();
        using var reusing = await PebbleServer.StartAsync(new() { ReusedAuthorizations = 100 });
        using var client = reusing.Client();
        await using var listeners = await ChallengeListeners.StartAsync(reusing);
        var owner = await client.OpenAccountAsync(account.Key, Agreeing, None);

        await Flow(owner, new Http01Solver(listeners.Answers)).RunAsync(Order(Name), None);
        Journal.Order = null;
        Events.Clear();
        await Flow(owner, new Http01Solver(listeners.Answers)).RunAsync(Order(Name), None);

        Assert.DoesNotContain(Events, step => step.Step == OrderStep.Presented);
        Assert.Contains(Events, step => step.Step == OrderStep.Issued);
    }

    private static CertificateKeyType KeyTypeOf(IssuedCertificate issued)
    {
        var key = issued.Chain.Leaf.PublicKey;
        return (key.GetECDsaPublicKey()?.KeySize ?? key.GetRSAPublicKey()!.KeySize) switch
        {
            256 => CertificateKeyType.P256,
            384 => CertificateKeyType.P384,
            2048 => CertificateKeyType.Rsa2048,
            _ => CertificateKeyType.Rsa4096,
        };
    }

    private sealed class WrongAnswers(IChallengeAnswers answers) : IChallengeSolver
    {
        public string Type => ChallengeTypes.Http01;

        public Task PresentAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
            answers.PutAsync(challenge.Token, "something else", cancellationToken);

        public Task CleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
            answers.RemoveAsync(challenge.Token, cancellationToken);
    }
}
