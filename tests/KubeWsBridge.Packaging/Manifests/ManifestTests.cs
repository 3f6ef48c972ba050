using System.Text.Json.Nodes;
using KubeWsBridge.Packaging.Charts;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Manifests;

/// <summary>The plain manifests are what the chart would make.</summary>
public sealed class ManifestTests
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
        var (built, rendered) = await BothAsync(await BuildAsync("overlays/fpm"), await HelmAsync(values));

        var template = One(rendered, "Deployment", "kubewsbridge")["spec"]!["template"]!["metadata"]!.AsObject();
        Assert.True(template.Remove("annotations")); // the pool's checksum, which is helm's way to replace pods

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
}
