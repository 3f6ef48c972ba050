namespace KubeWsBridge.Configuration.Options;

/// <summary>A key of the file that holds a list, and what its entries may say.</summary>
internal sealed class ListTable
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>What one entry is called.</summary>
    public required string Entry { get; init; }

    /// <summary>A key of an entry with a value.</summary>
    public required string Example { get; init; }

    /// <summary>What the list means, as a sentence.</summary>
    public required string Help { get; init; }

    /// <summary>The keys of an entry.</summary>
    public required IReadOnlyList<OptionDefinition> Options { get; init; }

    /// <summary>The option with this key or one of its other spellings; null when there is none.</summary>
    public OptionDefinition? FindKey(string key) => Options.FirstOrDefault(option => option.Keys.Contains(key, StringComparer.Ordinal));
}
