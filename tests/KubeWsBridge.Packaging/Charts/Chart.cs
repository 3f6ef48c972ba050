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

    /// <summary>Renders a chart that has this one as a dependency with a condition, and nothing of its own.</summary>
    /// <param name="values">Values of that chart.</param>
    public static async Task<Command> RenderOnConditionAsync(string values)
    {
        using var scratch = new Scratch();
        Copy(Folder, scratch.File("parent/charts/kubewsbridge"));
        await File.WriteAllTextAsync(scratch.File("parent/Chart.yaml"), """
            apiVersion: v2
            name: parent
            version: 1.0.0
            dependencies: [{name: kubewsbridge, version: 0.1.0, repository: "", condition: kubewsbridge.enabled}]
            """);
        return await Command.RunAsync(NpmTools.Helm, ["template", "web", scratch.File("parent"), "--values", "-"], values);
    }

    /// <summary>What helm says to whoever has installed it with these values.</summary>
    public static async Task<string> NotesAsync(string values)
    {
        string[] arguments = ["install", "web", Folder, "--namespace", "shop", "--dry-run=client", "--values", "-"];
        return (await Command.RunAsync(NpmTools.Helm, arguments, values)).Succeeded().Split("\nNOTES:\n")[1];
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
