using System.Runtime.InteropServices;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Counts per key; a key at zero takes no memory. Not thread-safe.</summary>
internal sealed class Tally<TKey>(IEqualityComparer<TKey>? comparer = null) where TKey : notnull
{
    private readonly Dictionary<TKey, int> _counts = new(comparer);

    /// <summary>How many keys are above zero.</summary>
    public int Keys => _counts.Count;

    public int this[TKey key] => _counts.GetValueOrDefault(key);

    public void Increment(TKey key) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _)++;

    public void Decrement(TKey key)
    {
        var count = _counts[key];
        if (count == 1)
            _counts.Remove(key);
        else
            _counts[key] = count - 1;
    }
}
