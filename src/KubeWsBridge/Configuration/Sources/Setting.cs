using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Sources;

/// <summary>What one source says about one option, before anybody has looked at the values.</summary>
internal sealed record Setting(OptionDefinition Option, IReadOnlyList<SettingValue> Values, SettingSource Source)
{
    /// <summary>A setting all of whose values were written in one place.</summary>
    public static Setting From(SettingSource source, OptionDefinition option, params IEnumerable<string> values) =>
        new(option, [.. values.Select(value => new SettingValue(value, source))], source);
}
