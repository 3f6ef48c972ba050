using System.Text.Json.Nodes;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Who reaches the pods.</summary>
public sealed class NetworkTests(Rendered rendered) : IClassFixture<Rendered>
{
    private const string TestLabel = "kubewsbridge.io/test";

    /// <summary>As an endpoint of the Service it would get connections of clients, and the NetworkPolicy would shut it in.</summary>
    [Theory, MemberData(nameof(ValueMatrix.Own), MemberType = typeof(ValueMatrix))]
    public void TestPod_OfEveryMode_IsNobodysTarget(string name)
    {
        var labels = rendered.Objects(name).SingleOrDefault(one => (string)one["kind"]! == "Pod")?["metadata"]!["labels"]!.AsObject();

        if (labels is not null)
            Assert.All(rendered.Objects(name).SelectMany(Selectors), selector =>
                Assert.Contains(selector, wanted => (string?)labels[wanted.Key] != (string?)wanted.Value));
    }

    [Fact]
    public void TestPod_WhereClientsAreNamed_IsOneOfThem()
    {
        var label = (string)rendered.One("network", "Pod")["metadata"]!["labels"]![TestLabel]!;
        var from = Rule("network", "ws")["from"]!.AsArray();

        Assert.Equal(2, from.Count);
        Assert.Equal(label, (string)from[1]!["podSelector"]!["matchLabels"]![TestLabel]!);
        Assert.Null(from[1]!["namespaceSelector"]);
        Assert.Null(Rule("php", "ws")["from"]);
    }

    [Fact]
    public void Authority_WhereClientsAreNamed_ReachesItsPort() => Assert.Null(Rule("automate-http", "acme-http")["from"]);

    private JsonNode Rule(string name, string port) => rendered.One(name, "NetworkPolicy")["spec"]!["ingress"]!.AsArray()
        .Single(rule => (string)rule!["ports"]![0]!["port"]! == port)!;

    private static IEnumerable<JsonObject> Selectors(JsonNode one) => (string)one["kind"]! switch
    {
        "Service" => [one["spec"]!["selector"]!.AsObject()],
        "NetworkPolicy" => [one["spec"]!["podSelector"]!["matchLabels"]!.AsObject()],
        "Deployment" or "PodDisruptionBudget" or "PodMonitor" => [one["spec"]!["selector"]!["matchLabels"]!.AsObject()],
        _ => [],
    };
}
