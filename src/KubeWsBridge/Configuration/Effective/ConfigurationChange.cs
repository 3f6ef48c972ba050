using KubeWsBridge.Configuration.Mapping;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Effective;

/// <summary>What a configuration that was read again changes in the one in force.</summary>
/// <param name="Next">The one to be in force: what was read, and for options that need a restart what there was.</param>
/// <param name="Live">Keys with another value that takes effect now.</param>
/// <param name="Restart">Keys whose other value needs a restart.</param>
internal sealed record ConfigurationChange(LoadedConfiguration Next, IReadOnlyList<string> Live, IReadOnlyList<string> Restart)
{
    /// <summary>Compares them.</summary>
    public static ConfigurationChange Between(LoadedConfiguration current, LoadedConfiguration read)
    {
        var waiting = Waiting(current, read);
        var changed = OptionTable.All.Where(option => !SayTheSame(option, current, read)).ToLookup(waiting.Contains, option => option.Key);
        List<string> live = [.. changed[false]];
        List<string> restart = [.. changed[true]];
        if (current.HasRouteList != read.HasRouteList || (read.HasRouteList && !SayTheSame(ListTables.Routes, current.Routes, read.Routes)))
            live.Add(ListTables.Routes.Key);
        if (!SayTheSame(ListTables.Listeners, current.Listeners, read.Listeners))
            restart.Add(ListTables.Listeners.Key);
        if (!SayTheSame(ListTables.Certificates, current.Certificates, read.Certificates))
            restart.Add(ListTables.Certificates.Key);
        return new ConfigurationChange(Merge(current, read, waiting), live, restart);
    }

    // Whose word is taken depends on how it comes: with an end of the PROXY protocol but not of the trust, or the other way round, clients would be
    // cut off or believed what they say of themselves.
    private static HashSet<OptionDefinition> Waiting(LoadedConfiguration current, LoadedConfiguration read) =>
    [
        .. OptionTable.All.Where(option => option.IsStatic),
        .. SayTheSame(ClientOptions.ProxyProtocol, current, read) ? Array.Empty<OptionDefinition>() : [ClientOptions.TrustedProxies],
    ];

    private static bool SayTheSame(OptionDefinition option, LoadedConfiguration current, LoadedConfiguration read) =>
        current.Values[option].SaysTheSame(read.Values[option]);

    private static bool SayTheSame(ListTable table, IReadOnlyList<OptionValues> some, IReadOnlyList<OptionValues> others) =>
        some.Count == others.Count
        && some.Zip(others).All(pair => table.Options.All(option => pair.First[option].SaysTheSame(pair.Second[option])));

    private static LoadedConfiguration Merge(LoadedConfiguration current, LoadedConfiguration read, HashSet<OptionDefinition> waiting)
    {
        var values = new OptionValues(OptionTable.All.ToDictionary(option => option, option => (waiting.Contains(option) ? current : read).Values[option]));
        return current with
        {
            Bridge = BridgeOptionsMapper.Map(values, read.Routes),
            Program = current.Program with { LogLevel = values.Get(CoreOptions.LogLevel), Drain = DrainOptionsMapper.Map(values) },
            Warnings = read.Warnings,
            Values = values,
            Routes = read.Routes,
            HasRouteList = read.HasRouteList,
        };
    }
}
