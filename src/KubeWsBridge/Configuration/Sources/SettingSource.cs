using System.Globalization;

namespace KubeWsBridge.Configuration.Sources;

/// <summary>The place a value was written at, in words a person finds it by.</summary>
internal sealed record SettingSource(SourceKind Kind, string Text)
{
    /// <summary>The option table.</summary>
    public static SettingSource Default { get; } = new(SourceKind.Default, "default");

    /// <summary>A line of a file, counted from 1.</summary>
    public static SettingSource File(string path, long line) =>
        new(SourceKind.File, string.Create(CultureInfo.InvariantCulture, $"{path}:{line}"));

    /// <summary>A variable.</summary>
    public static SettingSource Environment(string variable) => new(SourceKind.Environment, variable);

    /// <summary>A flag, with its dashes.</summary>
    public static SettingSource Flag(string flag) => new(SourceKind.Flag, flag);

    /// <summary>A sub-command.</summary>
    public static SettingSource Preset(string command) => new(SourceKind.Preset, command);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
