using KubeWsBridge.Cli;
using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Tests.Configuration;

/// <summary>A folder with a program named php that is in PATH, a script, and room for a configuration file.</summary>
public sealed class Sandbox : IDisposable
{
    public Sandbox()
    {
        Folder = Directory.CreateTempSubdirectory("kwb-config-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "bin"));
        Php = Write("bin/php", "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Php, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Script = Write("script.php", "<?php\n");
        Environment = new Dictionary<string, string> { ["PATH"] = Path.Combine(Folder, "bin") };
    }

    public string Folder { get; }

    public string Php { get; }

    public string Script { get; }

    public Dictionary<string, string> Environment { get; }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Loads what the arguments say, and no more.</summary>
    internal ConfigurationResult LoadBare(params string[] arguments)
    {
        var line = CommandLine.Parse(arguments);
        Assert.Empty(line.Errors);
        return ConfigurationLoader.Load(new ConfigurationInput { Flags = line.Settings, Environment = Environment });
    }

    /// <summary>Loads the arguments with program and script added as variables.</summary>
    internal ConfigurationResult Load(params string[] arguments)
    {
        Environment.TryAdd("WSS_CONFIG_PHP_EXECUTABLE", "php");
        Environment.TryAdd("WSS_CONFIG_SCRIPT", Script);
        return LoadBare(arguments);
    }

    internal LoadedConfiguration LoadSound(params string[] arguments)
    {
        var result = Load(arguments);
        Assert.Empty(result.Problems);
        return result.Configuration!;
    }

    internal LoadedConfiguration LoadYaml(string yaml, params string[] arguments) =>
        LoadSound(["--config", Write("kwb.yaml", yaml), .. arguments]);

    internal IReadOnlyList<string> ProblemsOfYaml(string yaml, params string[] arguments)
    {
        var file = Write("kwb.yaml", yaml);
        return [.. Load(["--config", file, .. arguments]).Problems.Select(problem => problem.ToString().Replace(file, "kwb.yaml"))];
    }

    /// <summary>An option's values as they are printed.</summary>
    internal static string Show(LoadedConfiguration configuration, string flag)
    {
        EffectiveSetting setting = configuration.Values[OptionTable.FindFlag(flag)!];
        return string.Join(" ", setting.Printed);
    }
}
