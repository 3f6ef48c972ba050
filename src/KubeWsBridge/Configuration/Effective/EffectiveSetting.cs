using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Effective;

/// <summary>What an option is after all sources have spoken.</summary>
/// <param name="Option">The option.</param>
/// <param name="Key">Its key with its place, for messages.</param>
/// <param name="Values">The values as <see cref="OptionDefinition.Form"/> reads them; one at most unless the option is a list.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="IsSound">False when the values given were refused, and these are the defaults instead.</param>
internal sealed record EffectiveSetting(
    OptionDefinition Option, string Key, IReadOnlyList<object> Values, SettingSource Source, bool IsSound = true)
{
    /// <summary>Whether anybody set it.</summary>
    public bool IsSet => Source.Kind != SourceKind.Default;

    /// <summary>Whether it is another value than the default, rather than the default written down.</summary>
    public bool IsChanged => IsSet && (Values.Count == 0 ? null : Option.Form.Print(Values[0])) != Option.PrintedDefault;

    /// <summary>Whether both have the same values, wherever they come from.</summary>
    public bool SaysTheSame(EffectiveSetting other) => Values.Select(Identity).SequenceEqual(other.Values.Select(Identity));

    /// <summary>The values as they would be written, secrets masked.</summary>
    public IEnumerable<string> Printed => Values.Select(value => Option.Form.IsSecret ? Secret.Mask : Option.Form.Print(value));

    private string Identity(object value) => value is Secret secret ? secret.Reveal() : Option.Form.Print(value);
}
