using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;
using KubeWsBridge.Hosting.Management;

namespace KubeWsBridge.Cli;

/// <summary>What a command has to work with.</summary>
internal sealed record CommandContext
{
    /// <summary>The command line.</summary>
    public required CommandLine Line { get; init; }

    /// <summary>The environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Starts the bridge and comes back with an exit code when it has ended.</summary>
    public required Func<LoadedConfiguration, CancellationToken, Task<int>> RunHost { get; init; }

    /// <summary>Starts the demo; it loads its own configuration, with presets.</summary>
    public required Func<CommandContext, CancellationToken, Task<int>> RunDemo { get; init; }

    /// <summary>
    /// Loads the configuration of this command line and environment; when it is bad, says why on standard error and gives null.
    /// </summary>
    /// <param name="presets">The command's own defaults.</param>
    public LoadedConfiguration? Load(params IReadOnlyList<Setting> presets)
    {
        var input = new ConfigurationInput { Flags = Line.Settings, Environment = Environment, Presets = presets };
        var result = ConfigurationLoader.Load(input);
        if (!result.IsSound)
            ProblemReport.Write(Error, result);
        return result.Configuration;
    }

    /// <summary>The same for a command that talks to a running bridge, and needs nothing of what it serves.</summary>
    public ManagementOptions? LoadManagement()
    {
        var (problems, warnings) = (new List<ConfigurationProblem>(), new List<string>());
        var management = ConfigurationLoader.LoadManagement(
            new ConfigurationInput { Flags = Line.Settings, Environment = Environment }, problems, warnings);
        if (management is null)
            ProblemReport.Write(Error, new ConfigurationResult(null, problems, warnings));
        else
            foreach (var warning in warnings)
                Error.WriteLine($"kubewsbridge: {warning}");
        return management;
    }

    /// <summary>The same for a command that works on the certificates of a bridge.</summary>
    public AutomationSettings? LoadAutomation()
    {
        var problems = new List<ConfigurationProblem>();
        var settings = ConfigurationLoader.LoadAutomation(new ConfigurationInput { Flags = Line.Settings, Environment = Environment }, problems);
        if (settings is null)
            ProblemReport.Write(Error, new ConfigurationResult(null, problems, []));
        return settings;
    }

    /// <summary>The same for a command that only looks at the certificates that are stored.</summary>
    public StorageSettings? LoadStorage()
    {
        var problems = new List<ConfigurationProblem>();
        var settings = ConfigurationLoader.LoadStorage(new ConfigurationInput { Flags = Line.Settings, Environment = Environment }, problems);
        if (settings is null)
            ProblemReport.Write(Error, new ConfigurationResult(null, problems, []));
        return settings;
    }

    /// <summary>Whether the command is to wait for what it asks for; a bad value counts as no, for whoever reads the rest of the options complains of it.</summary>
    public bool WantsWait => new OptionResolver([]).Resolve([.. EnvironmentReader.Read(Environment, []), .. Line.Settings]).Get(DrainOptionRows.Wait);

    /// <summary>The same for a command that publishes DNS challenges.</summary>
    public DnsSettings? LoadDns()
    {
        var problems = new List<ConfigurationProblem>();
        var settings = ConfigurationLoader.LoadDns(new ConfigurationInput { Flags = Line.Settings, Environment = Environment }, problems);
        if (settings is null)
            ProblemReport.Write(Error, new ConfigurationResult(null, problems, []));
        return settings;
    }
}
