using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Effective;

/// <summary>Decides between the sources and reads what wins.</summary>
internal sealed class OptionResolver(ICollection<ConfigurationProblem> problems)
{
    /// <summary>
    /// The values of all options of the main table; of several settings of an option the last one with the strongest source wins.
    /// </summary>
    public OptionValues Resolve(IEnumerable<Setting> settings)
    {
        var winners = settings.GroupBy(setting => setting.Option).ToDictionary(group => group.Key, Strongest);
        return new OptionValues(OptionTable.All.ToDictionary(
            option => option,
            option => winners.TryGetValue(option, out var setting) ? Read(option.Key, setting) : Default(option)));
    }

    /// <summary>The values of one entry of a list: its own, else, for what may be set per route, those of the main table.</summary>
    public OptionValues ResolveEntry(ListTable table, ListEntry entry, int index, OptionValues outside)
    {
        var own = entry.Settings.ToDictionary(setting => setting.Option);
        return new OptionValues(table.Options.ToDictionary(option => option, option =>
        {
            var key = $"{table.Key}[{index}].{option.Key}";
            if (own.TryGetValue(option, out var setting))
                return Read(key, setting);
            return option.IsPerRoute ? outside[option] : Default(option) with { Key = key };
        }));
    }

    /// <summary>The values of all entries of a list.</summary>
    public IReadOnlyList<OptionValues> ResolveList(ListTable table, IReadOnlyList<ListEntry>? entries, OptionValues outside) =>
        [.. (entries ?? []).Select((entry, index) => ResolveEntry(table, entry, index, outside))];

    /// <summary>The values of the one route there is without <c>routes</c>.</summary>
    public static OptionValues SingleRoute(OptionValues outside) => new(RouteOptionTable.All.ToDictionary(
        option => option, option => option.IsPerRoute ? outside[option] : Default(option)));

    private static Setting Strongest(IEnumerable<Setting> settings) =>
        settings.Aggregate((best, next) => next.Source.Kind >= best.Source.Kind ? next : best);

    private EffectiveSetting Read(string key, Setting setting)
    {
        if (setting.Option.NotYet is { } later)
        {
            var value = new SettingValue(string.Join(", ", setting.Values.Select(each => each.Text)), setting.Source);
            var flaw = new Flaw($"is not available yet: it comes with {later}.", "Remove it.");
            problems.Add(ConfigurationProblem.Of(key, setting.Option, value, flaw));
            return Default(setting.Option) with { Key = key, IsSound = false };
        }
        var values = new List<object>();
        var refused = false;
        foreach (var value in setting.Values)
        {
            if (setting.Option.Form.Read(value.Text, out var flaw) is { } read)
                values.Add(read);
            else
                problems.Add(ConfigurationProblem.Of(key, setting.Option, value, flaw!));
            refused |= flaw is not null;
        }
        return refused
            ? Default(setting.Option) with { Key = key, IsSound = false }
            : new EffectiveSetting(setting.Option, key, values, setting.Source);
    }

    private static EffectiveSetting Default(OptionDefinition option)
    {
        Flaw? flaw = null;
        object? value = option.Default is { } text ? option.Form.Read(text, out flaw) : null;
        if (flaw is not null)
            throw new InvalidOperationException($"The default of {option} {flaw.Message}");
        return new EffectiveSetting(option, option.Key, value is null ? [] : [value], SettingSource.Default);
    }
}
