using KubeWsBridge.Packaging.Charts;
using YamlDotNet.RepresentationModel;

namespace KubeWsBridge.Packaging.Images;

/// <summary>What the kubelet would make of the chart's Deployment: the volumes with the files of its ConfigMaps, and the containers in the order of their start.</summary>
public static class ChartPod
{
    /// <summary>Renders the chart and fills the volumes of a pod.</summary>
    /// <returns>Native sidecars first, the bridge last.</returns>
    public static async Task<IReadOnlyList<PodContainer>> PrepareAsync(Pod pod, string values)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader((await Chart.RenderAsync(values, "--skip-tests")).Succeeded()));
        var objects = yaml.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>().ToList();
        var spec = objects.Single(node => Text(node["kind"]) == "Deployment")["spec"]["template"]["spec"];

        foreach (var volume in Items(spec, "volumes"))
        {
            var folder = pod.Volume(Text(volume["name"]));
            if (!Has(volume, "configMap"))
                continue;
            var map = objects.Single(node => Text(node["kind"]) == "ConfigMap" && Text(node["metadata"]["name"]) == Text(volume["configMap"]["name"]));
            foreach (var (file, content) in (YamlMappingNode)map["data"])
                await File.WriteAllTextAsync(Path.Combine(folder, Text(file)), Text(content));
        }
        return [.. Items(spec, "initContainers").Concat(Items(spec, "containers")).Select(Container)];
    }

    private static PodContainer Container(YamlNode node) => new(Text(node["image"]), Words(node, "command"), Words(node, "args"))
    {
        Mounts = [.. Items(node, "volumeMounts").Select(mount => (Text(mount["name"]), Text(mount["mountPath"])))],
    };

    private static string[] Words(YamlNode node, string key) => [.. Items(node, key).Select(Text)];

    private static IEnumerable<YamlNode> Items(YamlNode node, string key) => Has(node, key) ? (YamlSequenceNode)node[key] : [];

    private static bool Has(YamlNode node, string key) => ((YamlMappingNode)node).Children.ContainsKey(key);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
