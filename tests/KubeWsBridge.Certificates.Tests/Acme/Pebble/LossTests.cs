using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

public class LossTests(PlainPebble pebble) : PebbleTests(pebble), IClassFixture<PlainPebble>
{
    [Theory]
    [InlineData("/sign-me-up")]
    [InlineData("/order-plz")]
    [InlineData("/my-order/")]
    [InlineData("/authZ/")]
    [InlineData("/chalZ/")]
    [InlineData("/finalize-order/")]
    [InlineData("/certZ/")]
    public async Task Order_AnswerIsLost_IsIssuedAllTheSame(string path)
    {
        var network = new LosingHandler(Pebble.Server.Roots, url => url.StartsWith(path, StringComparison.Ordinal));
        using var client = Pebble.Server.Client(network);
        var account = await client.OpenAccountAsync(AccountKey.Create(), Agreeing, None);

        var issued = await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);

        await AssertTrustedAsync(issued, Name);
        Assert.Equal(1, network.Lost);
    }

    [Fact]
    public async Task Directory_NobodyListens_SaysSoInASentence()
    {
        var port = FreePorts.Take(1)[0];
        var retries = new RetryOptions { Attempts = 2, FirstWait = TimeSpan.FromMilliseconds(1) };
        using var client = new AcmeClient(new() { Directory = new($"https://127.0.0.1:{port}/dir"), Retries = retries });

        var unreachable = await Assert.ThrowsAsync<AcmeUnreachableException>(() => client.GetDirectoryAsync(None));

        Assert.StartsWith($"The authority at 127.0.0.1:{port} did not answer in 2 attempts: Connection refused", unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_UntrustedAuthority_IsNotTalkedTo()
    {
        using var client = new AcmeClient(new() { Directory = Pebble.Server.DirectoryUrl, Retries = new() { Attempts = 1 } });

        var unreachable = await Assert.ThrowsAsync<AcmeUnreachableException>(() => client.GetDirectoryAsync(None));

        Assert.Contains("give the file with its root certificate", unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_Resumed_GoesOnWithTheSameOrderAndKey()
    {
        var account = await NewAccountAsync();
        await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);
        var written = Journal.Order!;

        var issued = await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);

        Assert.Equal(written.KeyPem, issued.KeyPem);
        Assert.Equal(written.Order, Journal.Order!.Order);
        Assert.Contains(Events, step => step is { Step: OrderStep.Resumed, Detail: "it is valid" });
        await AssertTrustedAsync(issued, Name);
    }

    [Fact]
    public async Task Order_GoneAtTheAuthority_IsPlacedAnew()
    {
        var account = await NewAccountAsync();
        await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);
        var written = Journal.Order!;
        Journal.Order = written with { Order = new(written.Order, "gone") };

        var issued = await Flow(account, Solver(ChallengeTypes.Http01)).RunAsync(Order(Name), None);

        await AssertTrustedAsync(issued, Name);
        Assert.NotEqual(written.KeyPem, issued.KeyPem);
        Assert.Contains(Events, step => step.Step == OrderStep.Forgotten);
    }
}
