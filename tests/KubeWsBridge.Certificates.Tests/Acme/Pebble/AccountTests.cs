using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

public class AccountTests(PlainPebble pebble) : PebbleTests(pebble), IClassFixture<PlainPebble>
{
    [Fact]
    public async Task Open_SameKeyTwice_IsOneAccount()
    {
        using var key = AccountKey.Create();

        var first = await Client.OpenAccountAsync(key, Agreeing, None);
        using var restored = AccountKey.FromPem(key.ExportPem());
        var second = await Client.OpenAccountAsync(restored, Agreeing, None);

        Assert.Equal(first.Url, second.Url);
        Assert.Equal(["mailto:admin@example.com"], (await second.GetAsync(None)).Contact);
    }

    [Theory, InlineData("P384"), InlineData("RSA")]
    public async Task Open_OtherKinds_AreTaken(string kind)
    {
        using var key = AccountKey.FromPem(kind == "RSA"
            ? System.Security.Cryptography.RSA.Create(2048).ExportRSAPrivateKeyPem()
            : System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384).ExportECPrivateKeyPem());

        var account = await Client.OpenAccountAsync(key, Agreeing, None);

        Assert.Equal(AccountStatus.Valid, (await account.GetAsync(None)).Status);
    }

    [Fact]
    public async Task Open_TermsRefused_SaysWhatTheAuthoritySays()
    {
        var refused = await Assert.ThrowsAsync<AcmeProblemException>(
            () => Client.OpenAccountAsync(AccountKey.Create(), new() { TermsAgreed = false }, None));

        Assert.Equal("agreementRequired", refused.Kind);
    }

    [Fact]
    public async Task Find_UnknownKey_IsNull() => Assert.Null(await Client.FindAccountAsync(AccountKey.Create(), None));

    [Fact]
    public async Task UpdateContacts_IsKept()
    {
        var account = await NewAccountAsync();

        await account.UpdateContactsAsync(["mailto:other@example.com"], None);

        Assert.Equal(["mailto:other@example.com"], (await account.GetAsync(None)).Contact);
    }

    [Fact]
    public async Task ChangeKey_NewKeyWorksAndOldDoesNot()
    {
        using var oldKey = AccountKey.Create();
        using var newKey = AccountKey.Create();
        var account = await Client.OpenAccountAsync(oldKey, Agreeing, None);

        await account.ChangeKeyAsync(newKey, None);

        var issued = await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);
        await AssertTrustedAsync(issued, Name);
        Assert.Null(await Client.FindAccountAsync(oldKey, None));
        Assert.Equal(account.Url, (await Client.FindAccountAsync(newKey, None))!.Url);
    }

    [Fact]
    public async Task ChangeKey_AnswerIsLost_IsFoundOut()
    {
        using var client = Pebble.Server.Client(new LosingHandler(Pebble.Server.Roots, url => url.Contains("rollover", StringComparison.Ordinal)));
        using var newKey = AccountKey.Create();
        var account = await client.OpenAccountAsync(AccountKey.Create(), Agreeing, None);

        await account.ChangeKeyAsync(newKey, None);

        Assert.Equal(AccountStatus.Valid, (await account.GetAsync(None)).Status);
    }

    [Fact]
    public async Task ChangeKey_ToOneOfAnotherAccount_IsRefused()
    {
        var other = await NewAccountAsync();
        var account = await NewAccountAsync();

        await Assert.ThrowsAsync<AcmeProblemException>(() => account.ChangeKeyAsync(other.Key, None));

        Assert.NotSame(other.Key, account.Key);
    }

    [Fact]
    public async Task Deactivate_AccountIsOfNoUse()
    {
        var account = await NewAccountAsync();

        await account.DeactivateAsync(None);

        var refused = await Assert.ThrowsAsync<AcmeProblemException>(() => account.NewOrderAsync(Order(Name), None));
        Assert.Equal(ProblemKinds.Unauthorized, refused.Kind);
    }
}
