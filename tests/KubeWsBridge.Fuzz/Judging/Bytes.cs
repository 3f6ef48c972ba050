namespace KubeWsBridge.Fuzz.Judging;

/// <summary>Compares long runs of bytes in a sentence.</summary>
internal static class Bytes
{
    /// <summary>Null if these are the first of the expected ones, and enough of them.</summary>
    public static string? Compare(string what, byte[] actual, byte[] expected, int least)
    {
        var same = actual.AsSpan().CommonPrefixLength(expected);
        if (same == actual.Length && same >= least)
            return null;
        var change = same == actual.Length ? "ends too early"
            : same == expected.Length ? $"goes on with {Excerpt(actual, same)}"
            : $"is {Excerpt(actual, same)} instead of {Excerpt(expected, same)}";
        return $"{what} differs at byte {same}: it has {actual.Length} bytes of {(least == expected.Length ? "" : $"{least} to ")}{expected.Length} and {change}";
    }

    private static string Excerpt(byte[] bytes, int start) => Convert.ToHexString(bytes.AsSpan(start, Math.Min(16, bytes.Length - start)));
}
