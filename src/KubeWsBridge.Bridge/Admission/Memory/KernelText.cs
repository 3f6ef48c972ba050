using System.Globalization;

namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>Reads the small text files in which the kernel tells numbers.</summary>
internal static class KernelText
{
    /// <summary>The lines of a file; none when it can't be read.</summary>
    public static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The number behind a word at the begin of a line; 0 when there is no such line.</summary>
    public static long Value(IEnumerable<string> lines, string word)
    {
        foreach (var line in lines)
            if (line.StartsWith(word, StringComparison.Ordinal) && line.Length > word.Length && line[word.Length] == ' ')
                return Number(line[word.Length..].TrimStart().Split(' ')[0]);
        return 0;
    }

    /// <summary>The number; <see cref="long.MaxValue"/> for <c>max</c> and what else is none.</summary>
    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
}
