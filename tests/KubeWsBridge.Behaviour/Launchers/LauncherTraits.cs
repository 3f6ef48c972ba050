namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>What is different about a launcher's workers, and is documented to be; all else they have in common.</summary>
/// <param name="Name">The launcher's name.</param>
public sealed record LauncherTraits(string Name)
{
    /// <summary>The type bits of a pipe (S_IFIFO, inode(7)).</summary>
    public const string Pipe = "10000";

    /// <summary>The type bits of /dev/null (S_IFCHR).</summary>
    public const string Device = "20000";

    /// <summary>Arguments that make it.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>Frames a backtrace has at the script's own level.</summary>
    public int Frames { get; init; }

    /// <summary>Whether its workers are the bridge's own children.</summary>
    public bool AreChildren { get; init; } = true;

    /// <summary>What descriptor 0 is, in octal type bits.</summary>
    public string InputType { get; init; } = Device;

    /// <summary>What PHP's own lines begin with in the log.</summary>
    public string LogPrefix { get; init; } = "";

    /// <summary>What the log says of the end of one that was killed.</summary>
    public string KilledEnd { get; init; } = "worker ended with signal 9.";

    /// <summary>Fresh processes.</summary>
    public static readonly LauncherTraits Process = new("process");

    /// <summary>Processes that have waited: their input is a pipe that has ended.</summary>
    public static readonly LauncherTraits Pool = new("pool")
    {
        Arguments = ["--pool-size", "3"],
        InputType = Pipe,
    };

    /// <summary>Copies of a process: the script is required by the fork server's file.</summary>
    public static readonly LauncherTraits Fork = new("fork") { Frames = 1, AreChildren = false };

    /// <summary>Copies that were made before they were needed.</summary>
    public static readonly LauncherTraits Spare = Fork with { Arguments = ["--fork-spares", "2"] };

    /// <summary>PHP-FPM's workers, behind another interface of PHP.</summary>
    public static readonly LauncherTraits FastCgi = new("fastcgi") { AreChildren = false, LogPrefix = "PHP message: ", KilledEnd = "its worker was killed" };
}
