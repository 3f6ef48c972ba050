namespace KubeWsBridge.Configuration.Sources;

/// <summary>Everything the configuration file says.</summary>
internal sealed record ConfigurationFile
{
    /// <summary>A file that says nothing.</summary>
    public static ConfigurationFile Empty { get; } = new();

    /// <summary>Whether it can be read again: a pipe can't.</summary>
    public bool IsLasting { get; init; }

    /// <summary>The keys at the top.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The entries of <c>routes</c>; null when the key is not there.</summary>
    public IReadOnlyList<ListEntry>? Routes { get; init; }

    /// <summary>The entries of <c>listeners</c>; null when the key is not there.</summary>
    public IReadOnlyList<ListEntry>? Listeners { get; init; }

    /// <summary>The entries of <c>tlsCertificates</c>; null when the key is not there.</summary>
    public IReadOnlyList<ListEntry>? Certificates { get; init; }
}
