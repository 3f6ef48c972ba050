using System.Text.Json.Nodes;
using KubeWsBridge.Packaging.Tools;
using YamlDotNet.RepresentationModel;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>The configuration files that the chart writes, read by the program.</summary>
public sealed class ConfigurationTests(Rendered rendered) : IClassFixture<Rendered>
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "kubewsbridge");

    [Theory, MemberData(nameof(ValueMatrix.Own), MemberType = typeof(ValueMatrix))]
    public async Task Key_OfEveryMode_IsOneOfThePrograms(string name)
    {
        var schema = JsonNode.Parse((await Command.RunAsync(Program, "config", "schema")).Succeeded())!;
        var known = schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet();

        Assert.All(Keys(rendered.Configuration(name)), key => Assert.Contains(key.Value!, known));
    }

    /// <summary>Certificates and scripts are not on this machine, so those cases are left to the test of keys.</summary>
    [Theory]
    [InlineData("php")]
    [InlineData("fpm")]
    [InlineData("forkserver")]
    [InlineData("inject")]
    [InlineData("auto")]
    [InlineData("fpm-reserve")]
    [InlineData("gateway")]
    [InlineData("ports")]
    [InlineData("all-of-a-pod")]
    public async Task Configuration_OfEveryMode_IsSound(string name)
    {
        using var scratch = new Scratch();
        var script = Path.Combine(Repository.Root, "src", "php", "examples", "echo.php");
        var lines = rendered.Configuration(name).Split('\n')
            .Select(line => line.StartsWith("script:", StringComparison.Ordinal) ? $"script: {script}" : line)
            .Select(line => line.StartsWith("phpExecutable:", StringComparison.Ordinal) ? "phpExecutable: /bin/true" : line);
        File.WriteAllLines(scratch.File("bridge.yaml"), lines);

        (await Command.RunAsync(Program, "check", "--config", scratch.File("bridge.yaml"))).Succeeded();
    }

    private static IEnumerable<YamlScalarNode> Keys(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children.Keys.Cast<YamlScalarNode>();
    }
}
