namespace KubeWsBridge.Bridge.Launching.Php;

/// <summary>What a PHP says of itself.</summary>
internal sealed record PhpFacts
{
    /// <summary>PHP's version, for example 8.2.29.</summary>
    public required string Version { get; init; }

    /// <summary>Extensions that forking needs and this PHP has not loaded.</summary>
    public required IReadOnlyList<string> MissingExtensions { get; init; }

    /// <summary>The user's own auto_prepend_file; empty for none.</summary>
    public required string AutoPrependFile { get; init; }

    /// <summary>Whether opcache works on the command line (opcache.enable_cli).</summary>
    public required bool HasOpcache { get; init; }

    /// <summary>opcache.file_cache; empty for none.</summary>
    public required string OpcacheFileCache { get; init; }
}
