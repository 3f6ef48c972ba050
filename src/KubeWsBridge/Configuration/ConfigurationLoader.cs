using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Checks;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Mapping;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;
using KubeWsBridge.Hosting.Management;

namespace KubeWsBridge.Configuration;

/// <summary>
/// Makes a configuration of defaults, file, environment and flags, later ones stronger; finds everything that is wrong before anything
/// starts.
/// </summary>
internal static class ConfigurationLoader
{
    /// <summary>Reads all sources and checks the outcome; files are looked at, nothing is opened for good or bound.</summary>
    public static ConfigurationResult Load(ConfigurationInput input)
    {
        var problems = new List<ConfigurationProblem>();
        var warnings = new List<string>();

        var environment = EnvironmentReader.Read(input.Environment, warnings);
        var read = ReadFile([.. environment, .. input.Flags], problems);
        var file = read ?? ConfigurationFile.Empty;

        var resolver = new OptionResolver(problems);
        var values = resolver.Resolve([.. input.Presets, .. file.Settings, .. environment, .. input.Flags]);
        var routes = file.Routes is null ? [OptionResolver.SingleRoute(values)] : resolver.ResolveList(ListTables.Routes, file.Routes, values);
        var listeners = resolver.ResolveList(ListTables.Listeners, file.Listeners, values);
        var certificates = resolver.ResolveList(ListTables.Certificates, file.Certificates, values);

        // What an unreadable file would have said is unknown, so nothing can be said to be missing.
        if (read is not null)
            new RouteChecks(problems, input.Environment.GetValueOrDefault("PATH")).Check(routes, file.Routes is not null);
        new ProgramChecks(problems, warnings).Check(values, routes);
        var automation = new AutomationChecks(problems, warnings, input.Environment).Read(values, listeners);
        new TlsChecks(problems, warnings, input.TimeProvider.GetUtcNow()).Check(values, certificates);
        new ListenerChecks(problems, warnings).Check(values, listeners);

        // An option the routes inherit is found wanting once for each of them.
        ConfigurationProblem[] distinct = [.. problems.Distinct()];
        if (distinct.Length > 0)
            return new ConfigurationResult(null, distinct, warnings);
        return new ConfigurationResult(
            new LoadedConfiguration
            {
                Input = file.IsLasting ? input : null,
                Bridge = BridgeOptionsMapper.Map(values, routes),
                Program = ProgramOptionsMapper.Map(values, listeners, certificates, automation),
                Warnings = warnings,
                Values = values,
                Routes = routes,
                HasRouteList = file.Routes is not null,
                Listeners = listeners,
                Certificates = certificates,
            },
            [],
            warnings);
    }

    /// <summary>
    /// Reads only where the operator's port is and what opens it, for a command that talks to a running bridge. Null when that is wrong. What else is
    /// wrong is none of the command's business: the bridge it talks to may have been started before somebody made the mistake, and goes on.
    /// </summary>
    public static ManagementOptions? LoadManagement(
        ConfigurationInput input, ICollection<ConfigurationProblem> problems, ICollection<string> warnings)
    {
        OptionDefinition[] needed = [ProgramOptionTable.ManagementAddress, ProgramOptionTable.ManagementTokenFile, DrainOptionRows.Wait];
        var found = new List<ConfigurationProblem>();
        var inFile = new List<ConfigurationProblem>();
        var environment = EnvironmentReader.Read(input.Environment, []);
        var file = ReadFile([.. environment, .. input.Flags], inFile);
        IEnumerable<Setting> settings = [.. input.Presets, .. file?.Settings ?? [], .. environment, .. input.Flags];
        var values = new OptionResolver(found).Resolve(settings.Where(setting => needed.Contains(setting.Option)));

        if (file is null)
            foreach (var problem in inFile)
                warnings.Add($"The configuration file is left out: {problem}");
        found.AddRange(inFile.Where(problem =>
            needed.Any(option => option.Keys.Contains(problem.Key) && values[option].Source.Kind <= SourceKind.File)));
        new ProgramChecks(found, []).CheckManagement(values);
        foreach (var problem in found.Distinct())
            problems.Add(problem);
        return found.Count == 0 ? ManagementOptionsMapper.Map(values) : null;
    }

    /// <summary>
    /// Reads only how DNS challenges are published, for a command that tries it, perhaps before there is anything to serve. Null when something
    /// is wrong.
    /// </summary>
    public static DnsSettings? LoadDns(ConfigurationInput input, ICollection<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        var settings = new DnsChecks(found, input.Environment).Read(ReadValues(input, found));
        foreach (var problem in found.Distinct())
            problems.Add(problem);
        return found.Count == 0 ? settings : null;
    }

    /// <summary>
    /// Reads only how certificates are obtained, for a command that works on those of a bridge: it needs no script. Null when something is wrong.
    /// </summary>
    public static AutomationSettings? LoadAutomation(ConfigurationInput input, ICollection<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        var values = ReadValues(input, found);
        if (values.AreSound(TlsOptions.Mode) && values.Get(TlsOptions.Mode) != TlsMode.Automate)
            found.Add(new ConfigurationProblem(TlsOptions.Mode.Key, values[TlsOptions.Mode].Printed.First(), values[TlsOptions.Mode].Source.Text,
                "has no certificates from an authority.", $"Give this command the options the bridge has, --{TlsOptions.Mode.Flag} automate among them."));
        var settings = new AutomationChecks(found, [], input.Environment).Read(values, []);
        foreach (var problem in found.Distinct())
            problems.Add(problem);
        return found.Count == 0 ? settings : null;
    }

    /// <summary>Reads only where certificates are kept. Null when something is wrong.</summary>
    public static StorageSettings? LoadStorage(ConfigurationInput input, ICollection<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        var settings = new StorageChecks(found, [], input.Environment).Read(ReadValues(input, found));
        foreach (var problem in found.Distinct())
            problems.Add(problem);
        return found.Count == 0 ? settings : null;
    }

    private static OptionValues ReadValues(ConfigurationInput input, List<ConfigurationProblem> problems)
    {
        var environment = EnvironmentReader.Read(input.Environment, []);
        var file = ReadFile([.. environment, .. input.Flags], problems) ?? ConfigurationFile.Empty;
        return new OptionResolver(problems).Resolve([.. input.Presets, .. file.Settings, .. environment, .. input.Flags]);
    }

    private static ConfigurationFile? ReadFile(IEnumerable<Setting> settings, List<ConfigurationProblem> problems)
    {
        var path = settings.LastOrDefault(setting => setting.Option == ProgramOptionTable.Config)?.Values[^1];
        return path is { Text.Length: > 0 } ? new FileReader(path.Text, problems).Read(path.Source) : ConfigurationFile.Empty;
    }
}
