using System.Globalization;
using KubeWsBridge.Bridge.Launching.FastCgi;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Mapping;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>What a route needs to know of its PHP-FPM pool.</summary>
internal sealed class FastCgiChecks(ICollection<ConfigurationProblem> problems)
{
    /// <summary>The value of the launcher option that means PHP-FPM.</summary>
    public const string Launcher = "fastcgi";

    private readonly Dictionary<FastCgiAddress, FastCgiOptions> _pools = [];

    /// <summary>Whether the route's workers come from PHP-FPM, which has files and a PHP of its own.</summary>
    public static bool Applies(OptionValues route) => route.Get(WorkerOptions.Launcher) == Launcher;

    /// <summary>Checks one route.</summary>
    public void Check(OptionValues route)
    {
        if (!route.AreSound([.. FastCgiOptionRows.All, CoreOptions.Script]))
            return;
        if (route.Find(CoreOptions.Script) is { } script && script[0] != '/')
            Complain(route[CoreOptions.Script], new Flaw("is not a whole path, and PHP-FPM has a working directory of its own.",
                "Give the path as PHP-FPM sees it, beginning with a slash."));
        if (FastCgiOptionsMapper.Map(route) is not { } pool)
        {
            Complain(route[WorkerOptions.Launcher], new Flaw("needs to know where PHP-FPM listens.",
                $"Give --{FastCgiOptionRows.Address.Flag} the pool's listen, such as unix:/run/php/ws.sock"));
            return;
        }

        CheckPool(route, pool);
    }

    private void CheckPool(OptionValues route, FastCgiOptions pool)
    {
        if (pool.StatusPath is { } path && path[0] != '/')
            Complain(route[FastCgiOptionRows.StatusPath], new Flaw("does not begin with a slash.", "Give the pool's pm.status_path, such as /status"));
        if (pool is { Workers: 0, StatusPath: null })
            Complain(route[WorkerOptions.Launcher], new Flaw("needs to know how many workers the PHP-FPM pool has, or it could take all of them.",
                $"Give --{FastCgiOptionRows.Workers.Flag} the pool's pm.max_children, or --{FastCgiOptionRows.StatusPath.Flag} its pm.status_path."));
        if (pool.Workers > 0 && pool.Reserve >= pool.Workers)
            Complain(route[FastCgiOptionRows.Reserve], new Flaw(
                string.Create(CultureInfo.InvariantCulture, $"leaves none of the pool's {pool.Workers} workers ({FastCgiOptionRows.Workers}) for connections."),
                $"Lower it, or raise pm.max_children and --{FastCgiOptionRows.Workers.Flag}."));
        if (!_pools.TryAdd(pool.Address, pool) && _pools[pool.Address] != pool)
            Complain(route[FastCgiOptionRows.Address], new Flaw("is also the pool of another route, which says other numbers of it.",
                "Give its options once, outside routes, or the same for each."));
    }

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(setting.Printed.FirstOrDefault(ConfigurationProblem.NotSet), setting.Source), flaw));
}
