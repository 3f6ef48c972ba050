using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeWsBridge.Packaging.Charts;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Manifests;

/// <summary>The plain manifests are what the chart would make.</summary>
public sealed partial class ManifestTests
{
    private const string Alike = "fullnameOverride: kubewsbridge\nconfigRollout: false\n";
    private static readonly string Folder = Path.Combine(Repository.Root, "manifests");

    [Fact]
    public async Task Base_OfTheManifests_IsRenderedFromTheChart()
    {
        string[] helms = ["helm.sh/chart:", "managed-by: Helm", "namespace: default", "# Source"];
        var rendered = string.Join('\n', (await HelmAsync(Alike)).Split('\n').Where(line => !helms.Any(line.Contains)));
        var path = Path.Combine(Folder, "base", "kubewsbridge.yaml");
        if (Environment.GetEnvironmentVariable("KWB_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(path, rendered);

        Assert.Equal(rendered, await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("overlays/fpm")]
    [InlineData("examples/site")]
    public async Task Kustomization_OfEveryFolder_BuildsObjectsThatAreAllowed(string folder)
    {
        var results = await SchemaCheck.RunAsync(new JsonObject { ["built"] = await BuildAsync(folder) });

        Assert.Empty(results["built"]!["problems"]!.AsArray());
        foreach (var pod in results["built"]!["objects"]!.AsArray().Select(one => PodSecurity.PodOf(one!)).Where(pod => pod is not null))
        {
            var theirs = folder == "examples/site" ? PodSecurity.Containers(pod!).Select(one => (string)one["name"]!).Where(name => !name.StartsWith("kubewsbridge", StringComparison.Ordinal)) : [];
            Assert.DoesNotContain(PodSecurity.Violations(pod!), violation => !theirs.Any(violation.StartsWith));
        }
    }

    [Fact]
    public async Task Overlay_ForPhpFpm_IsTheChartsMode()
    {
        const string values = Alike + "mode: fpm\nscript: /app/chat.php\nfpm: {image: {repository: example.test/shop, tag: '1'}}";
        var text = await BuildAsync("overlays/fpm");
        // A hash behind the pool's name is kustomize's way to replace pods when it changes, a checksum Helm's.
        Assert.Equal(2, Hashed().Count(text));
        var (built, rendered) = await BothAsync(Hashed().Replace(text, "kubewsbridge-pool"), await HelmAsync(values));

        var template = One(rendered, "Deployment", "kubewsbridge")["spec"]!["template"]!["metadata"]!.AsObject();
        Assert.True(template.Remove("annotations"));

        foreach (var (kind, name) in new[] { ("Deployment", "kubewsbridge"), ("ConfigMap", "kubewsbridge"), ("ConfigMap", "kubewsbridge-pool") })
            AssertSame(One(rendered, kind, name), One(built, kind, name));
    }

    [Fact]
    public async Task Component_BesidePhpFpm_AddsWhatTheChartInjects()
    {
        var site = await Chart.RenderSiteAsync("kubewsbridge: {fullnameOverride: kubewsbridge, configRollout: false}");
        var (built, rendered) = await BothAsync(await BuildAsync("examples/site"), site.Succeeded());

        var pod = PodSecurity.PodOf(One(built, "Deployment", "site"))!;
        var expected = PodSecurity.PodOf(One(rendered, "Deployment", "site"))!;
        AssertSame(expected["initContainers"]!, pod["initContainers"]!);
        AssertSame(expected["terminationGracePeriodSeconds"]!, pod["terminationGracePeriodSeconds"]!);
        AssertSame(expected["containers"]![0]!, pod["containers"]!.AsArray().Single(one => (string)one!["name"]! == "php-fpm")!);
        Assert.Equal("nginx", (string)pod["containers"]!.AsArray().Single(one => (string)one!["name"]! != "php-fpm")!["name"]!);
        // Those of kustomize have a hash behind their name.
        var files = built.Where(one => (string)one["kind"]! == "ConfigMap").Select(Data).OrderBy(file => file.Key, StringComparer.Ordinal);
        Assert.Equal([Data(One(rendered, "ConfigMap", "kubewsbridge")), Data(One(rendered, "ConfigMap", "kubewsbridge-pool"))], files);
        foreach (var name in new[] { "kubewsbridge", "kubewsbridge-management" })
            AssertSame(One(rendered, "Service", name)["spec"]!, One(built, "Service", name)["spec"]!);
    }

    /// <summary>A hook with two handlers would be refused by Kubernetes.</summary>
    [Theory]
    [InlineData("sleep: {seconds: 5}")]
    [InlineData("httpGet: {path: /, port: 80}")]
    [InlineData("tcpSocket: {port: 9000}")]
    [InlineData("exec: {command: [/bin/true]}")]
    public async Task Component_WhereThereIsAPreStop_PutsItsOwnInItsPlace(string handler)
    {
        var deployment = (await File.ReadAllTextAsync(Path.Combine(Folder, "examples", "site", "deployment.yaml")))
            .Replace("image: example.test/site:1", $"image: example.test/site:1\n          lifecycle: {{preStop: {{{handler}}}}}", StringComparison.Ordinal);

        var preStop = PhpFpm(await BuildSiteAsync(deployment, ""))["lifecycle"]!["preStop"]!.AsObject();

        Assert.Equal("exec", Assert.Single(preStop).Key);
        Assert.Equal("drain", (string)preStop["exec"]!["command"]![1]!);
    }

    [Fact]
    public async Task Patch_OfTheReadme_ChoosesPortsAndGracePeriod()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"));
        var deployment = await File.ReadAllTextAsync(Path.Combine(Folder, "examples", "site", "deployment.yaml"));

        var pod = await BuildSiteAsync(deployment, Patches().Match(readme).Value);

        Assert.Equal(300, (int)pod["terminationGracePeriodSeconds"]!);
        var bridge = pod["initContainers"]!.AsArray().Single(one => (string)one!["name"]! == "kubewsbridge")!;
        Assert.Equal(["9080 ws", "9081 management"], bridge["ports"]!.AsArray().Select(port => $"{port!["containerPort"]} {port["name"]}"));
        Assert.Equal(["9080", "0.0.0.0:9081"], bridge["env"]!.AsArray().Select(variable => (string)variable!["value"]!));
        Assert.All([bridge, PhpFpm(pod)], one => Assert.Equal("127.0.0.1:9081", (string)one["lifecycle"]!["preStop"]!["exec"]!["command"]!.AsArray()[^1]!));
    }

    /// <summary>The pod of the example's site with another Deployment and more in its kustomization.</summary>
    private static async Task<JsonNode> BuildSiteAsync(string deployment, string more)
    {
        using var scratch = new Scratch();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "components", "sidecar")))
            await CopyAsync(await File.ReadAllTextAsync(file), $"components/sidecar/{Path.GetFileName(file)}");
        await CopyAsync(deployment, "examples/site/deployment.yaml");
        await CopyAsync($"{await File.ReadAllTextAsync(Path.Combine(Folder, "examples", "site", "kustomization.yaml"))}{more}", "examples/site/kustomization.yaml");

        var built = (await Command.RunAsync(NpmTools.Kubectl, "kustomize", scratch.File("examples/site"))).Succeeded();
        var result = (await SchemaCheck.RunAsync(new JsonObject { ["built"] = built }))["built"]!;
        Assert.Empty(result["problems"]!.AsArray());
        return PodSecurity.PodOf(One([.. result["objects"]!.AsArray().Select(one => one!)], "Deployment", "site"))!;

        async Task CopyAsync(string text, string name)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch.File(name))!);
            await File.WriteAllTextAsync(scratch.File(name), text);
        }
    }

    private static JsonNode PhpFpm(JsonNode pod) => pod["containers"]!.AsArray().Single(one => (string)one!["name"]! == "php-fpm")!;

    private static async Task<string> BuildAsync(string folder) => (await Command.RunAsync(NpmTools.Kubectl, "kustomize", Path.Combine(Folder, folder))).Succeeded();

    private static async Task<string> HelmAsync(string values) => (await Command.RunAsync(
        NpmTools.Helm, ["template", "kubewsbridge", Chart.Folder, "--namespace", "default", "--skip-tests", "--values", "-"], values)).Succeeded();

    private static async Task<(JsonNode[] Built, JsonNode[] Rendered)> BothAsync(string built, string rendered)
    {
        var results = await SchemaCheck.RunAsync(new JsonObject { ["built"] = built, ["rendered"] = rendered });
        return (Objects("built"), Objects("rendered"));

        JsonNode[] Objects(string name) => [.. results[name]!["objects"]!.AsArray().Select(one => one!)];
    }

    private static JsonNode One(JsonNode[] objects, string kind, string name) =>
        objects.Single(one => (string)one["kind"]! == kind && (string)one["metadata"]!["name"]! == name);

    private static KeyValuePair<string, string> Data(JsonNode map) =>
        map["data"]!.AsObject().Select(entry => KeyValuePair.Create(entry.Key, (string)entry.Value!)).Single();

    /// <summary>Apart from the order of lists of named things, from comments, and from Helm's own marks.</summary>
    private static void AssertSame(JsonNode expected, JsonNode actual) => Assert.Equal(Text(expected), Text(actual));

    private static string Text(JsonNode? node) => node switch
    {
        JsonObject map => "{" + string.Join(", ", map
            .Where(entry => entry.Key is not ("helm.sh/chart" or "app.kubernetes.io/managed-by" or "app.kubernetes.io/version" or "namespace"))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {Text(entry.Value)}")) + "}\n",
        JsonArray list when list.All(item => item is JsonObject one && one.ContainsKey("name")) =>
            "[" + string.Join(", ", list.OrderBy(item => (string)item!["name"]!, StringComparer.Ordinal).Select(Text)) + "]",
        JsonArray list => "[" + string.Join(", ", list.Select(Text)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    [GeneratedRegex("kubewsbridge-pool-[a-z0-9]{10}")]
    private static partial Regex Hashed();

    [GeneratedRegex("^patches:\n(?:.+\n)+?(?=```)", RegexOptions.Multiline)]
    private static partial Regex Patches();
}
