namespace KubeWsBridge.Certificates.Dns;

/// <summary>Domain names as this room writes them: lower-case, without the dot at the end.</summary>
internal static class DnsName
{
    /// <summary>The name as this room writes it.</summary>
    public static string Normalize(string name) => name.Trim().TrimEnd('.').ToLowerInvariant();

    /// <summary>The name as zone files write it, with its last dot.</summary>
    public static string Absolute(string name) => name + ".";

    /// <summary>The name, then each name above it, down to one label.</summary>
    public static IEnumerable<string> WithParents(string name)
    {
        yield return name;
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
            yield return name[(dot + 1)..];
    }
}
