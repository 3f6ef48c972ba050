namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>What stands behind a target: the compiled worker in one of its modes, or a PHP script.</summary>
/// <param name="Mode">The worker's mode, and the script's name without its ending.</param>
/// <param name="IsPhp">A PHP script; only the bridge can have it.</param>
internal sealed record Handler(string Mode, bool IsPhp = false)
{
    /// <summary>Sends every byte back.</summary>
    public static Handler Echo { get; } = new("echo");

    /// <summary>18 stamped bytes every 2 ms.</summary>
    public static Handler Push { get; } = new("push");

    /// <summary>64 KiB in pieces of 8 KiB for 16 bytes.</summary>
    public static Handler Chunked { get; } = new("chunked");

    /// <summary>Three pieces of 100 bytes for 16 bytes.</summary>
    public static Handler Pieces { get; } = new("pieces");

    /// <summary>The same in PHP.</summary>
    public Handler InPhp => this with { IsPhp = true };

    /// <summary>How reports call it.</summary>
    public string Name => IsPhp ? "PHP" : "C";
}
