namespace KubeWsBridge.Configuration;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Spelling
{
    /// <summary>The candidate nearest to the text, or null when none is near enough to be worth a guess.</summary>
    public static string? Suggest(string text, IEnumerable<string> candidates)
    {
        var wanted = Fold(text);
        string? best = null;
        // A third of the letters: "port" is not a misspelt "path", "conections" is a misspelt "connections".
        var least = Math.Max(1, wanted.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(wanted, Fold(candidate));
            if (distance >= least)
                continue;
            (best, least) = (candidate, distance);
        }
        return best;
    }

    // max-connections, MAX_CONNECTIONS and maxConnections are the same words.
    private static string Fold(string text) =>
        text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    // Damerau-Levenshtein distance in its optimal string alignment form: a swap of neighbours counts as one slip.
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        return table[left.Length, right.Length];
    }
}
