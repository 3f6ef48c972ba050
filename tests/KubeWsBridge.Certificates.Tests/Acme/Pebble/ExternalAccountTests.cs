using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Signing;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

public class ExternalAccountTests(BindingPebble pebble) : PebbleTests(pebble), IClassFixture<BindingPebble>
{
    [Fact]
    public async Task Open_Bound_CanOrder()
    {
        var bound = Agreeing with { ExternalAccount = new(BindingPebble.KeyId, BindingPebble.MacKey) };
        var account = await Client.OpenAccountAsync(AccountKey.Create(), bound, None);

        await AssertTrustedAsync(await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None), Name);
    }

    [Fact]
    public async Task Open_NotBound_SaysWhatToGet()
    {
        var refused = await Assert.ThrowsAsync<AcmeProblemException>(NewAccountAsync);

        Assert.True((await Client.GetDirectoryAsync(None)).Meta.ExternalAccountRequired);
        Assert.Equal(ProblemKinds.ExternalAccountRequired, refused.Kind);
        Assert.EndsWith("configure them as external account binding.", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(BindingPebble.KeyId, "d3Jvbmc"), InlineData("nobody", BindingPebble.MacKey)]
    public async Task Open_BoundWrongly_IsRefused(string keyId, string macKey)
    {
        var refused = await Assert.ThrowsAsync<AcmeProblemException>(
            () => Client.OpenAccountAsync(AccountKey.Create(), Agreeing with { ExternalAccount = new(keyId, macKey) }, None));

        Assert.Equal(ProblemKinds.Unauthorized, refused.Kind);
    }

    [Fact]
    public void ExternalAccount_KeyIsNoBase64_SaysSo() =>
        Assert.Contains("MAC key", Assert.Throws<AcmeException>(() => new ExternalAccount("kid", "no base64!")).Message, StringComparison.Ordinal);
}
