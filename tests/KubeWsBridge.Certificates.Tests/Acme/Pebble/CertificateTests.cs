using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Signing;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

public class CertificateTests(PlainPebble pebble) : PebbleTests(pebble), IClassFixture<PlainPebble>
{
    [Fact]
    public async Task Download_AlternateChains_EachRootCanBeChosen()
    {
        var account = await NewAccountAsync();
        for (var number = 0; number < 3; number++)
        {
            var root = await Pebble.Server.RootAsync(number);
            var commonName = root.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, forIssuer: false);
            Journal.Order = null;

            var issued = await Flow(account, Solver(ChallengeTypes.Http01), chain: commonName).RunAsync(Order(Name), None);

            Assert.Equal(commonName, issued.Chain.Top);
        }
        Assert.DoesNotContain(Events, step => step.Step == OrderStep.ChainNotOffered);
    }

    [Fact]
    public async Task Download_ChainNotOffered_TakesTheFirstAndSaysSo()
    {
        var issued = await Flow(await NewAccountAsync(), Solver(ChallengeTypes.Http01), chain: "No Such Root").RunAsync(Order(Name), None);

        await AssertTrustedAsync(issued, Name);
        Assert.Contains(Events, step => step is { Step: OrderStep.ChainNotOffered, Subject: "No Such Root" } && step.Detail.Contains("Pebble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoke_ByAccount_IsRevokedOnce()
    {
        var account = await NewAccountAsync();
        var issued = await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);
        Assert.Equal("Valid", await Pebble.Server.StatusAsync(issued.Chain.Leaf));

        await account.RevokeAsync(issued.Chain.Leaf, RevocationReason.Superseded, None);
        var again = await Assert.ThrowsAsync<AcmeProblemException>(() => account.RevokeAsync(issued.Chain.Leaf, null, None));

        Assert.Equal("Revoked", await Pebble.Server.StatusAsync(issued.Chain.Leaf));
        Assert.Equal(ProblemKinds.AlreadyRevoked, again.Kind);
    }

    [Theory, InlineData(CertificateKeyType.P256), InlineData(CertificateKeyType.Rsa2048)]
    public async Task Revoke_ByCertificateKey_NeedsNoAccount(CertificateKeyType keyType)
    {
        var issued = await Flow(await NewAccountAsync(), Solver(ChallengeTypes.Http01), keyType).RunAsync(Order(Name), None);
        using var key = AccountKey.FromPem(issued.KeyPem);

        await Client.RevokeAsync(issued.Chain.Leaf, key, RevocationReason.KeyCompromise, None);

        Assert.Equal("Revoked", await Pebble.Server.StatusAsync(issued.Chain.Leaf));
    }

    [Fact]
    public async Task Revoke_ByStranger_IsRefused()
    {
        var issued = await Flow(await NewAccountAsync(), Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);
        var stranger = await NewAccountAsync();

        await Assert.ThrowsAsync<AcmeProblemException>(() => stranger.RevokeAsync(issued.Chain.Leaf, null, None));

        Assert.Equal("Valid", await Pebble.Server.StatusAsync(issued.Chain.Leaf));
    }

    [Theory, InlineData("blocked.example"), InlineData("www.blocked.example")]
    public async Task Order_BlockedName_SaysWhatToDo(string name)
    {
        var refused = await Assert.ThrowsAsync<AcmeProblemException>(
            async () => await Flow(await NewAccountAsync(), Solver(ChallengeTypes.Http01)).RunAsync(Order(Name, name), None));

        Assert.Equal(ProblemKinds.RejectedIdentifier, refused.Kind);
        Assert.EndsWith("Ask only for public names that the authority serves, or take another authority.", refused.Message, StringComparison.Ordinal);
        Assert.Null(Journal.Order);
    }

    [Fact]
    public async Task RenewalAdvice_NotOffered_IsNull()
    {
        var issued = await Flow(await NewAccountAsync(), Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);

        Assert.Null(await Client.GetRenewalAdviceAsync(CertificateId.Of(issued.Chain.Leaf)!, None));
    }
}
