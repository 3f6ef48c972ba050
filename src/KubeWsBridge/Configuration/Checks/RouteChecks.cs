using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>
/// What no value of a route can be blamed for alone: files that are not there, options that are missing, paths given twice.
/// </summary>
internal sealed class RouteChecks(ICollection<ConfigurationProblem> problems, string? searchPath)
{
    /// <summary>Checks all routes.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="listed">Whether they come from <c>routes</c>.</param>
    public void Check(IReadOnlyList<OptionValues> routes, bool listed)
    {
        var pools = new FastCgiChecks(problems);
        for (var i = 0; i < routes.Count; i++)
        {
            CheckRequired(routes[i], listed ? $"{RouteOptionTable.RoutesKey}[{i}]." : "", listed);
            CheckLauncher(routes[i]);
            if (FastCgiChecks.Applies(routes[i]))
                pools.Check(routes[i]);
            else
                CheckFiles(routes[i]);
        }
        CheckPaths(routes);
    }

    private void CheckRequired(OptionValues route, string prefix, bool listed)
    {
        var missing = RouteOptionTable.All.Where(option => option.IsRequired && route[option] is { IsSound: true, Values.Count: 0 }
            && !(option == CoreOptions.PhpExecutable && FastCgiChecks.Applies(route)));
        var place = listed ? "the route" : "the file";
        foreach (var option in missing)
            problems.Add(new ConfigurationProblem(prefix + option.Key, null, ConfigurationProblem.NotSet, "is required.",
                $"Set --{option.Flag}, {option.Variable}, or {option.Key} in {place} to {option.Form.Expects}."));
    }

    private void CheckLauncher(OptionValues route)
    {
        if (!OperatingSystem.IsLinux() && route.Get(WorkerOptions.Launcher) is ("fork" or "pool"))
            Complain(route[WorkerOptions.Launcher], new Flaw("needs Linux.", $"Use --{WorkerOptions.Launcher.Flag} auto."));
    }

    private void CheckFiles(OptionValues route)
    {
        var directory = route.Find(WorkerOptions.WorkingDirectory);
        var directoryExists = directory is null || Directory.Exists(directory);
        if (!directoryExists && !RunsElsewhere(route))
            Complain(route[WorkerOptions.WorkingDirectory], new Flaw("is not a directory that exists."));
        if (route.Find(CoreOptions.PhpExecutable) is { } executable && ExecutableCheck.Examine(executable, searchPath) is { } flaw)
            Complain(route[CoreOptions.PhpExecutable], flaw);
        if (RunsElsewhere(route))
            return;
        // Without its directory a relative script cannot be found either, which would be the same news twice.
        if (route.Find(CoreOptions.Script) is { } script && (directoryExists || Path.IsPathRooted(script))
            && route.AreSound(WorkerOptions.WorkingDirectory) && ScriptCheck.Examine(script, directory) is { } missing)
            Complain(route[CoreOptions.Script], missing);
        foreach (var option in new[] { WorkerOptions.ForkPreload, WorkerOptions.PoolPreload })
            if (route.Find(option) is { } preload && ScriptCheck.Examine(preload, null) is { } absent)
                Complain(route[option], absent);
    }

    // A fork server of another container has files of its own; the bridge's image need not have them.
    private static bool RunsElsewhere(OptionValues route) =>
        route.Get(WorkerOptions.Launcher) == "fork" && route.Find(WorkerOptions.ForkServerDir) is not null;

    private void CheckPaths(IReadOnlyList<OptionValues> routes)
    {
        foreach (var same in routes.Select(route => route[RouteOptionTable.Path]).Where(path => path.IsSound)
            .GroupBy(path => (string)path.Values[0], StringComparer.Ordinal).Where(group => group.Count() > 1))
            foreach (var path in same.Skip(1))
                Complain(path, new Flaw($"is also the path of the route at {same.First().Source}.", "Give each route its own path."));
    }

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(setting.Printed.First(), setting.Source), flaw));
}
