using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

/// <summary>What goes wrong between the storage and the API server.</summary>
public sealed class KubernetesApiTests : Cluster
{
    private const string Bundle = "certificates/one";

    [Fact]
    public async Task Token_Replaced_IsReadAgain()
    {
        await WriteAsync(Bundle, ("a", "1"));
        Server.GiveToken("second");

        Assert.NotNull(await Storage.ReadAsync(Bundle, None));
    }

    [Fact]
    public async Task Token_NotTaken_SaysWhich()
    {
        Server.Token = "another";

        var failed = await Assert.ThrowsAsync<StorageException>(() => Storage.ReadAsync(Bundle, None));

        Assert.Equal($"The Kubernetes API server does not take the token in {Server.Folder}/token: Unauthorized.", failed.Message);
    }

    [Fact]
    public async Task Role_WithoutTheVerb_SaysWhichRuleIsMissing()
    {
        Server.Deny("create", "secrets");
        Server.Deny("get", "leases");

        var secrets = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Bundle, ("a", "1")));
        var leases = await Assert.ThrowsAsync<StorageException>(() => Storage.TryLockAsync("one", None));

        Assert.StartsWith("The pod's service account may not create secrets in the namespace chat. Its Role needs the rule "
            + """{apiGroups: [""], resources: ["secrets"], verbs: [get, list, create, update, delete]}. The server says: secrets is forbidden: User """,
            secrets.Message, StringComparison.Ordinal);
        Assert.Contains("""{apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: [get, create, update]}""", leases.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quota_Exceeded_IsNotTakenForAMissingRule()
    {
        Server.Fault = request => request.Verb == "create" ? throw new FakeRefusalException(403, "Forbidden", "exceeded quota: few, used: secrets=9, limited: secrets=9") : null;

        var failed = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Bundle, ("a", "1")));

        Assert.Equal(
            "The Kubernetes API server refuses to create secrets in the namespace chat: exceeded quota: few, used: secrets=9, limited: secrets=9.", failed.Message);
    }

    [Fact]
    public async Task TooManyRequests_IsAskedAgainWhenToldTo()
    {
        var left = 1;
        Server.Fault = _ => left-- > 0 ? FakeFault.Status(429, retryAfter: 7) : null;

        var reading = Storage.ReadAsync(Bundle, None);
        await Time.SetAsync(7.2, 1);
        Time.Advance(7.2);

        Assert.Null(await reading);
    }

    [Fact]
    public async Task TooManyRequests_ForLong_IsReportedAtOnce()
    {
        Server.Fault = _ => FakeFault.Status(429, retryAfter: 60);

        await Assert.ThrowsAsync<StorageException>(() => Storage.ReadAsync(Bundle, None));

        Assert.Single(Server.Requests);
    }

    [Theory, InlineData(500), InlineData(503)]
    public async Task ServerInTrouble_IsAskedFourTimes(int code)
    {
        Server.Fault = _ => FakeFault.Status(code);

        var reading = Storage.ReadAsync(Bundle, None);
        foreach (var wait in new[] { 0.2, 0.4, 0.8 })
        {
            await Time.SetAsync(wait, 1);
            Time.Advance(wait);
        }

        var failed = await Assert.ThrowsAsync<StorageException>(() => reading);
        Assert.StartsWith("The Kubernetes API server could not get secrets \"kubewsbridge-certificates-one-", failed.Message, StringComparison.Ordinal);
        Assert.EndsWith($"\" in 4 attempts: fault {code}. It is tried again later.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public async Task Connection_Cut_IsMadeAgain()
    {
        await WriteAsync(Bundle, ("a", "1"));
        var isFirst = true;
        Server.Fault = _ => Interlocked.Exchange(ref isFirst, false) ? new FakeFault { IsCutBefore = true } : null;

        var reading = Storage.ReadAsync(Bundle, None);
        await Time.SetAsync(0.2, 1);
        Time.Advance(0.2);

        Assert.NotNull(await reading);
    }

    [Fact]
    public async Task Server_DoesNotAnswer_IsAskedAgain()
    {
        await WriteAsync(Bundle, ("a", "1"));
        var (seen, isFirst) = (Server.Requests.Count(request => request.Verb == "get"), true);
        Server.Fault = _ => Interlocked.Exchange(ref isFirst, false) ? new FakeFault { Hangs = true } : null;

        var reading = Storage.ReadAsync(Bundle, None);
        await Server.CameAsync("get", "secrets", seen + 1);
        Time.Advance(10);
        await Time.SetAsync(0.2, 1);
        Time.Advance(0.2);

        Assert.NotNull(await reading);
    }

    /// <summary>Another server at the address, with a certificate of another authority, is told nothing: not even the token.</summary>
    [Fact]
    public async Task Server_OfAnotherAuthority_IsNotTalkedTo()
    {
        using var another = new TestAuthority("another");
        File.WriteAllText(Path.Combine(Server.Folder, "ca.crt"), another.Pem);
        var storage = Open();

        var reading = storage.ReadAsync(Bundle, None);
        foreach (var wait in new[] { 0.2, 0.4, 0.8 })
        {
            await Time.SetAsync(wait, 1);
            Time.Advance(wait);
        }

        var failed = await Assert.ThrowsAsync<StorageException>(() => reading);
        Assert.StartsWith("The Kubernetes API server at https://127.0.0.1:", failed.Message, StringComparison.Ordinal);
        Assert.Contains(" can't be reached: The remote certificate is invalid", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }
}
