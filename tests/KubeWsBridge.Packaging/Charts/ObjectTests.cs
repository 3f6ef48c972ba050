using System.Text.Json.Nodes;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Every object the chart can make.</summary>
public sealed class ObjectTests(Rendered rendered) : IClassFixture<Rendered>
{
    private const string WithSecrets = "automate-secrets";

    [Theory, MemberData(nameof(ValueMatrix.All), MemberType = typeof(ValueMatrix))]
    public void Object_OfEveryMode_IsWhatItsSchemaAllows(string name) => Assert.Empty(rendered.Problems(name));

    [Theory, MemberData(nameof(ValueMatrix.All), MemberType = typeof(ValueMatrix))]
    public void Pod_OfEveryMode_SatisfiesRestrictedPodSecurity(string name)
    {
        foreach (var pod in rendered.Objects(name).Select(PodSecurity.PodOf).Where(pod => pod is not null))
            Assert.Empty(PodSecurity.Violations(pod!, except: name.StartsWith("site", StringComparison.Ordinal) ? "php-fpm" : null));
    }

    [Theory, MemberData(nameof(ValueMatrix.All), MemberType = typeof(ValueMatrix))]
    public void Mount_OfEveryContainer_HasItsVolume(string name)
    {
        foreach (var pod in rendered.Objects(name).Select(PodSecurity.PodOf).Where(pod => pod is not null))
        {
            var volumes = Array(pod!["volumes"]).Select(volume => (string)volume["name"]!).ToHashSet();
            Assert.All(PodSecurity.Containers(pod).SelectMany(container => Array(container["volumeMounts"])), mount => Assert.Contains((string)mount["name"]!, volumes));
        }
    }

    [Fact]
    public async Task Object_WithFaults_IsRefusedByTheCheck()
    {
        var results = await SchemaCheck.RunAsync(new JsonObject
        {
            ["bad"] = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: x, nome: y}
                spec:
                  replicas: many
                  template: {spec: {containers: [{image: x, securityContext: {runAsNonRot: true}}]}}
                """,
        });
        var problems = results["bad"]!["problems"]!.ToJsonString();

        Assert.Contains(".metadata.nome is unknown", problems, StringComparison.Ordinal);
        Assert.Contains("securityContext.runAsNonRot is unknown", problems, StringComparison.Ordinal);
        Assert.Contains("/spec/replicas type", problems, StringComparison.Ordinal);
        Assert.Contains("/spec required", problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("php", 5 + 30 + 5 + 2 + 10)]
    [InlineData("all-of-a-pod", 10 + 120 + 5 + 2 + 10)]
    public void GracePeriod_OfEveryDrain_IsComputed(string name, int seconds) =>
        Assert.Equal(seconds, (int)rendered.One(name, "Deployment")["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"]!);

    /// <summary>A volume that one pod holds would keep the next one from starting.</summary>
    [Theory]
    [InlineData("internal-alone", "Recreate")]
    [InlineData("automate", "RollingUpdate")]
    [InlineData("automate-own-claim", "RollingUpdate")]
    [InlineData("php", "RollingUpdate")]
    public void Strategy_OfEveryVolume_LetsTheNextPodHaveIt(string name, string type)
    {
        var strategy = rendered.One(name, "Deployment")["spec"]!["strategy"]!;

        Assert.Equal((type, type == "RollingUpdate"), ((string)strategy["type"]!, strategy["rollingUpdate"] is not null));
    }

    [Fact]
    public void Name_ThatIsTooLong_LeavesRoomForWhatFollowsIt()
    {
        var services = rendered.Objects("long-name").Where(one => (string)one["kind"]! == "Service").Select(one => ((string)one["metadata"]!["name"]!).Length);

        Assert.Equal([52, 63], services);
    }

    [Theory]
    [InlineData("fpm", "php-fpm")]
    [InlineData("forkserver", "php")]
    public void Php_BesideTheBridge_IsANativeSidecar(string name, string container)
    {
        var pod = PodSecurity.PodOf(rendered.One(name, "Deployment"))!;

        Assert.Equal(["bridge"], Array(pod["containers"]).Select(one => (string)one["name"]!));
        var sidecar = Assert.Single(Array(pod["initContainers"]));
        Assert.Equal((container, "Always"), ((string)sidecar["name"]!, (string)sidecar["restartPolicy"]!));
        Assert.Null(Array(pod["containers"]).Single()["lifecycle"]);
    }

    [Fact]
    public void Bridge_InSomebodyElsesPod_DrainsBeforePhpFpmIsSignalled()
    {
        var pod = PodSecurity.PodOf(rendered.One(ValueMatrix.Site, "Deployment"))!;

        string[] drain = ["drain", "--wait", "--management-address", "127.0.0.1:8081"];
        Assert.Equal(["/opt/kubewsbridge/kubewsbridge", .. drain], Array(Array(pod["containers"]).Single()["lifecycle"]!["preStop"]!["exec"]!["command"]).Select(word => (string)word!));
        var bridge = Array(pod["initContainers"]).Single(one => (string)one["name"]! == "kubewsbridge");
        Assert.Equal("Always", (string)bridge["restartPolicy"]!);
        Assert.Equal(["/usr/local/bin/kubewsbridge", .. drain], Array(bridge["lifecycle"]!["preStop"]!["exec"]!["command"]).Select(word => (string)word!));
        var sleeping = PodSecurity.PodOf(rendered.One(ValueMatrix.SleepingSite, "Deployment"))!;
        Assert.Equal(42, (int)Array(sleeping["containers"]).Single()["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!);
    }

    [Fact]
    public void Inject_Mode_LeavesPodsToTheOtherChart() =>
        Assert.DoesNotContain(rendered.Objects("inject"), one => (string)one["kind"]! is "Deployment" or "Pod" or "PodDisruptionBudget" or "HorizontalPodAutoscaler");

    [Theory, MemberData(nameof(ValueMatrix.Own), MemberType = typeof(ValueMatrix))]
    public void Rbac_WithoutUseOfTheApi_IsNotMade(string name)
    {
        if (name != WithSecrets)
            Assert.DoesNotContain(rendered.Objects(name), one => ((string)one["kind"]!).Contains("Role", StringComparison.Ordinal));
        Assert.All(rendered.Objects(name).Select(PodSecurity.PodOf).Where(pod => pod is not null), pod => Assert.False((bool)pod!["automountServiceAccountToken"]!));
    }

    /// <summary>PHP-FPM is in the same pod, and has no business with Secrets.</summary>
    [Fact]
    public void Rbac_ForSecrets_IsTheLeastAndForTheBridgeAlone()
    {
        var role = rendered.One(WithSecrets, "Role");
        Assert.Equal(
            ["secrets: get list create update delete", "leases: get create update"],
            Array(role["rules"]).Select(rule => $"{Words(rule["resources"])}: {Words(rule["verbs"])}"));
        var binding = rendered.One(WithSecrets, "RoleBinding");
        Assert.Equal((string)role["metadata"]!["name"]!, (string)binding["roleRef"]!["name"]!);
        var account = (string)rendered.One(WithSecrets, "ServiceAccount")["metadata"]!["name"]!;
        Assert.Equal((account, "shop"), ((string)binding["subjects"]![0]!["name"]!, (string)binding["subjects"]![0]!["namespace"]!));

        var pod = PodSecurity.PodOf(rendered.One(WithSecrets, "Deployment"))!;
        Assert.Equal(account, (string)pod["serviceAccountName"]!);
        var mounting = PodSecurity.Containers(pod).Where(container => Array(container["volumeMounts"]).Any(mount => (string)mount["name"]! == "bridge-account"));
        Assert.Equal("bridge", (string)Assert.Single(mounting)["name"]!);
        Assert.DoesNotContain(Array(pod["volumes"]), volume => (string)volume["name"]! == "bridge-state");
        Assert.Contains("tlsStorage: kubernetes\ntlsStoragePrefix: web-kubewsbridge\n", rendered.Configuration(WithSecrets), StringComparison.Ordinal);

        static string Words(JsonNode? list) => string.Join(' ', Array(list).Select(word => (string)word!));
    }

    [Fact]
    public void Checksum_OfAnotherConfiguration_IsAnother()
    {
        Assert.NotNull(Checksum(ValueMatrix.LiveSite, "pool"));
        Assert.Null(Checksum(ValueMatrix.LiveSite));
        Assert.NotEqual(Checksum("php"), Checksum("php-code"));
        Assert.Null(Checksum("all-of-a-pod"));
        Assert.Null(Checksum("fpm-live"));
        Assert.NotNull(Checksum("fpm-live", "pool")); // PHP-FPM reads its pool at its start alone

        string? Checksum(string name, string what = "config") =>
            (string?)rendered.One(name, "Deployment")["spec"]!["template"]!["metadata"]!["annotations"]?[$"checksum/{what}"];
    }

    [Fact]
    public void ForkServer_InTheChart_IsTheOneOfTheSources() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.Root, "src", "php", "launchers", "fork-server.php")),
        File.ReadAllText(Path.Combine(Chart.Folder, "files", "fork-server.php")));

    private static IEnumerable<JsonNode> Array(JsonNode? node) => node?.AsArray().Select(item => item!) ?? [];
}
