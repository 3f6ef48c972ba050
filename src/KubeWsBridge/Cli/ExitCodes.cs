namespace KubeWsBridge.Cli;

/// <summary>What the program's exit status says; 64 and 78 are those of sysexits.h.</summary>
internal static class ExitCodes
{
    /// <summary>Everything went well.</summary>
    public const int Ok = 0;

    /// <summary>The configuration is good, but the start failed: a port is taken, for example.</summary>
    public const int StartFailed = 1;

    /// <summary>A running bridge does not answer, or answers that something is wrong.</summary>
    public const int Failed = 1;

    /// <summary>A command or flag is not known (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>The configuration is bad (EX_CONFIG).</summary>
    public const int BadConfiguration = 78;
}
