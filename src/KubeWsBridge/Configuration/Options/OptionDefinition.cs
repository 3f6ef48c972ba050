using KubeWsBridge.Configuration.Kinds;

namespace KubeWsBridge.Configuration.Options;

/// <summary>One row of the option table: all names of an option, its form, its default and its meaning.</summary>
internal abstract class OptionDefinition
{
    /// <summary>The flag without its dashes.</summary>
    public required string Flag { get; init; }

    /// <summary>The one-letter flag, if there is one.</summary>
    public char? Short { get; init; }

    /// <summary>Other spellings of the flag; the naming rule makes keys and variables of them too.</summary>
    public IReadOnlyList<string> FlagAliases { get; init; } = [];

    /// <summary>The YAML key.</summary>
    public string Key { get => field ?? OptionNames.KeyOf(Flag); init; }

    /// <summary>The environment variable.</summary>
    public string Variable { get => field ?? OptionNames.VariableOf(Flag); init; }

    /// <summary>The default as one would write it; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The default as effective values are printed; null when there is none.</summary>
    public string? PrintedDefault => Default is { } text && Form.Read(text, out _) is { } value ? Form.Print(value) : null;

    /// <summary>The chapter.</summary>
    public required OptionGroup Group { get; init; }

    /// <summary>Whether it takes any number of values.</summary>
    public bool IsList { get; init; }

    /// <summary>
    /// Whether a comma on the command line separates values. It does not for PHP's arguments, because
    /// <c>-ddisable_functions=exec,system</c> is one.
    /// </summary>
    public bool SplitsFlagAtCommas { get; init; } = true;

    /// <summary>Whether an entry of <c>routes</c> may set it; the value outside is the default of the routes then.</summary>
    public bool IsPerRoute { get; init; }

    /// <summary>Whether it may stand in the configuration file.</summary>
    public bool IsInFile { get; init; } = true;

    /// <summary>Whether a configuration without it is incomplete.</summary>
    public bool IsRequired { get; init; }

    /// <summary>When a change takes effect.</summary>
    public OptionEffect Effect => NotYet is null ? IsStatic ? OptionEffect.RestartNeeded : OptionEffect.Live : OptionEffect.NotYet;

    /// <summary>Whether a change needs a restart.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Which later work brings the option; null when it works.</summary>
    public string? NotYet { get; init; }

    /// <summary>What it does, in one or two sentences.</summary>
    public required string Help { get; init; }

    /// <summary>The form of its values.</summary>
    public abstract OptionKind Form { get; }

    /// <summary>Every accepted YAML key, the main one first.</summary>
    public IReadOnlyList<string> Keys => !IsInFile ? [] : [.. new[] { Key }.Concat(Flags.Select(OptionNames.KeyOf)).Distinct()];

    /// <summary>Every accepted flag without dashes, the main one first.</summary>
    public IReadOnlyList<string> Flags => [Flag, .. FlagAliases];

    /// <summary>Every accepted variable, the main one first.</summary>
    public IReadOnlyList<string> Variables =>
        [.. new[] { Variable }.Concat(Flags.Append(OptionNames.FlagOf(Key)).Select(OptionNames.VariableOf)).Distinct()];

    /// <inheritdoc/>
    public override string ToString() => Key;
}
