using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration;

/// <summary>One thing that keeps a configuration from being used, and what to do about it.</summary>
/// <param name="Key">The YAML key, with its place when it is in a route: <c>routes[1].script</c>.</param>
/// <param name="Value">The value as it was written, masked when it is secret; null when there is none.</param>
/// <param name="Source">Where it was written: <c>file.yaml:12</c>, a variable or a flag; or "not set".</param>
/// <param name="Message">What is wrong, to follow key and value.</param>
/// <param name="Fix">What to write instead.</param>
internal sealed record ConfigurationProblem(string Key, string? Value, string Source, string Message, string Fix)
{
    /// <summary>The source of a value nobody gave.</summary>
    public const string NotSet = "not set";

    /// <summary>A problem with one value of an option.</summary>
    public static ConfigurationProblem Of(string key, OptionDefinition option, SettingValue value, Flaw flaw) =>
        new(key, option.Form.IsSecret ? Secret.Mask : value.Text, value.Source.Text, flaw.Message,
            flaw.Fix ?? $"Give {option.Form.Expects}.");

    /// <inheritdoc/>
    public override string ToString() => Value is null
        ? $"{Key} ({Source}): {Message} {Fix}"
        : $"{Key} = \"{Value}\" ({Source}): {Message} {Fix}";
}
