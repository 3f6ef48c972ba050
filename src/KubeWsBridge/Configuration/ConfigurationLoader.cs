using KubeWsBridge.Configuration.Checks;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Mapping;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

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
        IReadOnlyList<OptionValues> routes = file.Routes is { } entries
            ? [.. entries.Select((entry, index) => resolver.ResolveRoute(entry, index, values))]
            : [OptionResolver.SingleRoute(values)];

        // What an unreadable file would have said is unknown, so nothing can be said to be missing.
        if (read is not null)
            new RouteChecks(problems, input.Environment.GetValueOrDefault("PATH")).Check(routes, file.Routes is not null);
        new ProgramChecks(problems, warnings).Check(values, routes);

        // An option the routes inherit is found wanting once for each of them.
        ConfigurationProblem[] distinct = [.. problems.Distinct()];
        if (distinct.Length > 0)
            return new ConfigurationResult(null, distinct, warnings);
        return new ConfigurationResult(
            new LoadedConfiguration
            {
                Bridge = BridgeOptionsMapper.Map(values, routes),
                Program = ProgramOptionsMapper.Map(values),
                Warnings = warnings,
                Values = values,
                Routes = routes,
                HasRouteList = file.Routes is not null,
            },
            [],
            warnings);
    }

    /// <summary>
    /// Reads only what concerns the program itself, for a command that talks to a running bridge: it needs no script, and runs where the files of
    /// the bridge may not be. Null when something is wrong.
    /// </summary>
    public static ProgramOptions? LoadProgram(ConfigurationInput input, ICollection<ConfigurationProblem> problems)
    {
        var found = new List<ConfigurationProblem>();
        var environment = EnvironmentReader.Read(input.Environment, []);
        var file = ReadFile([.. environment, .. input.Flags], found) ?? ConfigurationFile.Empty;
        var values = new OptionResolver(found).Resolve([.. input.Presets, .. file.Settings, .. environment, .. input.Flags]);
        new ProgramChecks(found, []).CheckManagement(values);
        foreach (var problem in found.Distinct())
            problems.Add(problem);
        return found.Count == 0 ? ProgramOptionsMapper.Map(values) : null;
    }

    private static ConfigurationFile? ReadFile(IEnumerable<Setting> settings, List<ConfigurationProblem> problems)
    {
        var path = settings.LastOrDefault(setting => setting.Option == ProgramOptionTable.Config)?.Values[^1];
        return path is { Text.Length: > 0 } ? new FileReader(path.Text, problems).Read(path.Source) : ConfigurationFile.Empty;
    }
}
