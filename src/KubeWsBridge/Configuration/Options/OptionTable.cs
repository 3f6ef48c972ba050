using System.Collections.Frozen;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The one table of options: help, docs, JSON schema and all three readers come from it.</summary>
internal static class OptionTable
{
    /// <summary>Every option, chapter by chapter.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
    [
        .. CoreOptions.All,
        .. WebSocketTuningOptions.All,
        .. TlsOptions.All,
        .. AcmeOptions.All,
        .. ProgramOptionTable.All,
        .. ClientOptions.All,
        .. WorkerOptions.All,
    ];

    private static readonly FrozenDictionary<string, OptionDefinition> ByFlag = Index(option => option.Flags);
    private static readonly FrozenDictionary<string, OptionDefinition> ByVariable = Index(option => option.Variables);
    private static readonly FrozenDictionary<string, OptionDefinition> ByKey = Index(option => option.Keys);
    private static readonly FrozenDictionary<char, OptionDefinition> ByShort =
        All.Where(option => option.Short is not null).ToFrozenDictionary(option => option.Short!.Value);

    /// <summary>Every spelling of every flag, without dashes.</summary>
    public static IEnumerable<string> Flags => ByFlag.Keys;

    /// <summary>Every spelling of every variable.</summary>
    public static IEnumerable<string> Variables => ByVariable.Keys;

    /// <summary>Every spelling of every YAML key.</summary>
    public static IEnumerable<string> Keys => ByKey.Keys;

    /// <summary>The option with this flag, given without dashes.</summary>
    public static OptionDefinition? FindFlag(string flag) => ByFlag.GetValueOrDefault(flag);

    /// <summary>The option with this one-letter flag.</summary>
    public static OptionDefinition? FindShort(char letter) => ByShort.GetValueOrDefault(letter);

    /// <summary>The option with this variable.</summary>
    public static OptionDefinition? FindVariable(string variable) => ByVariable.GetValueOrDefault(variable);

    /// <summary>The option with this YAML key.</summary>
    public static OptionDefinition? FindKey(string key) => ByKey.GetValueOrDefault(key);

    // Throws at the start when two options share a name, which a test finds first.
    private static FrozenDictionary<string, OptionDefinition> Index(Func<OptionDefinition, IEnumerable<string>> names) =>
        All.SelectMany(option => names(option).Select(name => KeyValuePair.Create(name, option)))
            .ToDictionary(StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
}
