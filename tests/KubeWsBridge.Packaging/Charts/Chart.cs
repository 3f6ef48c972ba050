using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>The chart, rendered by helm.</summary>
public static class Chart
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "charts", "kubewsbridge");

    /// <summary>Renders it as the release "web" of the namespace "shop" with these values (YAML).</summary>
    public static Task<Command> RenderAsync(string values, params IEnumerable<string> arguments) =>
        Command.RunAsync(NpmTools.Helm, ["template", "web", Folder, "--namespace", "shop", "--values", "-", .. arguments], values);

    /// <summary>Renders the site of these tests, which has the chart as a dependency in mode inject.</summary>
    /// <param name="values">Values of the site; the chart's own are below <c>kubewsbridge</c>.</param>
    public static async Task<Command> RenderSiteAsync(string values)
    {
        using var scratch = new Scratch();
        Copy(Path.Combine(Repository.Root, "tests", "KubeWsBridge.Packaging", "site"), scratch.File("site"));
        Copy(Folder, scratch.File("site/charts/kubewsbridge"));
        return await Command.RunAsync(NpmTools.Helm, ["template", "web", scratch.File("site"), "--namespace", "shop", "--values", "-"], values);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
