using System.Text.Json.Nodes;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

public sealed class KubernetesStorageTests : Cluster
{
    private const string Bundle = "certificates/ws.example.com-0123456789ab";

    private string SecretName => (string)Assert.Single(Server.List("secrets"))["metadata"]!["name"]!;

    [Fact]
    public async Task Read_NothingWritten_IsNull()
    {
        Assert.Null(await Storage.ReadAsync(Bundle, None));
        Assert.Null(await Storage.ReadVersionAsync(Bundle, None));
        Assert.Empty(await Storage.ListAsync("certificates", None));
    }

    [Fact]
    public async Task Write_Twice_ReplacesAllFiles()
    {
        await WriteAsync(Bundle, ("a", "1"), ("b", "1"));
        var first = await Storage.ReadVersionAsync(Bundle, None);
        await WriteAsync(Bundle, ("a", "2ü"));

        var read = await Open().ReadAsync(Bundle, None);

        Assert.Equal(new Dictionary<string, string> { ["a"] = "2ü" }, read!.Files);
        Assert.NotEqual(first, read.Version);
        Assert.Equal(read.Version, await Storage.ReadVersionAsync(Bundle, None));
        Assert.Equal([Bundle], await Storage.ListAsync("certificates", None));
    }

    /// <summary>Keys are what others mount or copy the Secret for.</summary>
    [Fact]
    public async Task Write_MakesASecretThatPeopleCanRead()
    {
        await WriteAsync(Bundle, ("cert.pem", "C"), ("key.pem", "K"));

        var secret = Assert.Single(Server.List("secrets"));
        Assert.StartsWith("kubewsbridge-certificates-ws-example-com-0123456789ab-", SecretName, StringComparison.Ordinal);
        Assert.Equal("Opaque", (string?)secret["type"]);
        Assert.Equal("Qw==", (string?)secret["data"]!["cert.pem"]);
        var (labels, annotations) = (secret["metadata"]!["labels"]!, secret["metadata"]!["annotations"]!);
        Assert.Equal("kubewsbridge", (string?)labels["app.kubernetes.io/managed-by"]);
        Assert.Equal("kubewsbridge", (string?)labels["kubewsbridge.io/storage"]);
        Assert.Equal("certificates", (string?)labels["kubewsbridge.io/room"]);
        Assert.Equal(Bundle, (string?)annotations["kubewsbridge.io/name"]);
    }

    [Fact]
    public async Task Write_KeepsWhatOthersHaveAdded()
    {
        await WriteAsync(Bundle, ("a", "1"));
        Server.Change("secrets", SecretName, secret =>
        {
            secret["metadata"]!["annotations"]!["example.com/copy-to"] = "web";
            secret["metadata"]!["labels"]!["team"] = "chat";
            secret["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "Deployment", ["name"] = "bridge" });
        });

        await WriteAsync(Bundle, ("a", "2"));

        var metadata = Assert.Single(Server.List("secrets"))["metadata"]!;
        Assert.Equal("web", (string?)metadata["annotations"]!["example.com/copy-to"]);
        Assert.Equal("chat", (string?)metadata["labels"]!["team"]);
        Assert.Equal("bridge", (string?)metadata["ownerReferences"]![0]!["name"]);
        Assert.NotNull(metadata["managedFields"]);
        Assert.Equal("2", (await Storage.ReadAsync(Bundle, None))!.Files["a"]);
    }

    [Fact]
    public async Task Names_ThatDifferInLettersKubernetesDoesNotHave_AreDifferentSecrets()
    {
        string[] names = ["orders/a.b", "orders/a-b", "orders/A_b", "orders/a/b", $"orders/{new string('x', 200)}", $"{new string('x', 200)}/_"];
        foreach (var name in names)
            await WriteAsync(name, ("name", name));

        Assert.Equal(names.Length, Server.List("secrets").Count);
        foreach (var name in names)
            Assert.Equal(name, (await Storage.ReadAsync(name, None))!.Files["name"]);
        Assert.Equal(["orders/A_b", "orders/a-b", "orders/a.b", names[4]], await Storage.ListAsync("orders", None));
        Assert.Equal(["orders/a/b"], await Storage.ListAsync("orders/a", None));
        Assert.Equal([names[5]], await Storage.ListAsync(new string('x', 200), None));
    }

    [Fact]
    public async Task OtherPrefix_IsAnotherStorage()
    {
        await WriteAsync(Bundle, ("a", "1"));
        var other = Open("staging");

        Assert.Null(await other.ReadAsync(Bundle, None));
        Assert.Empty(await other.ListAsync("certificates", None));
        await using var held = await Storage.TryLockAsync("one", None);
        await using var another = await other.TryLockAsync("one", None);
        Assert.NotNull(another);
    }

    [Fact]
    public async Task Delete_IsGoneAndHarmlessTwice()
    {
        await WriteAsync(Bundle, ("a", "1"));

        await Storage.DeleteAsync(Bundle, None);
        await Storage.DeleteAsync(Bundle, None);

        Assert.Null(await Storage.ReadAsync(Bundle, None));
        Assert.Empty(Server.List("secrets"));
    }

    [Theory, InlineData(""), InlineData("../etc"), InlineData("a//b"), InlineData("/etc"), InlineData(".hidden"), InlineData("a/..")]
    public async Task Read_NameThatPointsElsewhere_IsRefused(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Storage.ReadAsync(name, None));
        Assert.Empty(Server.Requests);
    }

    /// <summary>What is asked every 15 seconds by every replica must not carry private keys.</summary>
    [Fact]
    public async Task ReadVersionAndList_AskForMetadataOnly()
    {
        await WriteAsync(Bundle, ("a", "1"));
        var before = Server.Requests.Count;

        await Storage.ReadVersionAsync(Bundle, None);
        await Storage.ListAsync("certificates", None);

        Assert.All(Server.Requests.Skip(before), request => Assert.True(request.IsForMetadata));
        Assert.Equal(["get", "list"], Server.Requests.Skip(before).Select(request => request.Verb));
    }

    [Fact]
    public async Task Write_WhileAnotherWrites_IsDoneAfterIt()
    {
        await WriteAsync(Bundle, ("a", "1"));
        var isFirst = true;
        Server.Fault = request =>
        {
            if (request.Verb == "update" && isFirst)
            {
                isFirst = false;
                Server.Change("secrets", request.Name!, secret => secret["data"] = new JsonObject { ["a"] = "b3RoZXI=" });
            }
            return null;
        };

        await WriteAsync(Bundle, ("a", "2"));

        Assert.Equal("2", (await Storage.ReadAsync(Bundle, None))!.Files["a"]);
        Assert.Equal(2, Server.Requests.Count(request => request.Verb == "update"));
    }

    [Fact]
    public async Task Write_AnswerGotLost_IsDoneOnce()
    {
        var isFirst = true;
        Server.Fault = request => request.Verb == "create" && Interlocked.Exchange(ref isFirst, false) ? new FakeFault { IsCutAfter = true } : null;

        var writing = WriteAsync(Bundle, ("a", "1"));
        await Time.SetAsync(0.2, 1);
        Time.Advance(0.2);
        await writing;

        Assert.Equal("1", (await Storage.ReadAsync(Bundle, None))!.Files["a"]);
    }

    [Fact]
    public async Task Write_ChangedAgainAndAgain_GivesUp()
    {
        await WriteAsync(Bundle, ("a", "1"));
        Server.Fault = request => request.Verb == "update" ? FakeFault.Status(409) : null;

        var failed = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Bundle, ("a", "2")));

        Assert.Equal($"The Secret {SecretName} is changed by others again and again, and was not written.", failed.Message);
    }

    [Fact]
    public async Task Write_MoreThanASecretTakes_SaysSoAndSendsNothing()
    {
        var most = new string('x', 1 << 20);
        await WriteAsync(Bundle, ("a", most));
        var sent = Server.Requests.Count;

        var failed = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Bundle, ("a", most), ("b", "ü")));

        Assert.Equal($"{Bundle} has 1048578 bytes, and a Secret can have 1048576. --tls-storage directory has no such limit.", failed.Message);
        Assert.Equal(sent, Server.Requests.Count);
    }

    [Fact]
    public async Task Secret_OfSomebodyElse_IsLeftAlone()
    {
        await WriteAsync(Bundle, ("a", "1"));
        var name = SecretName;
        Server.Remove("secrets", name);
        Server.Add("secrets", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = name } });

        var failed = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Bundle, ("a", "2")));

        Assert.Equal(
            $"The Secret {name} is not kubewsbridge's: it has no annotation kubewsbridge.io/name: {Bundle}. Delete it, or choose another --tls-storage-prefix.",
            failed.Message);
        Assert.Null(Server.Find("secrets", name)!["data"]);
    }
}
