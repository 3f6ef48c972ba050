using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Everything that is needed to start one process.</summary>
internal sealed record ProcessStart
{
    /// <summary>The name of the launcher it is started for.</summary>
    public string Launcher { get; init; } = ProcessLauncherFactory.LauncherName;

    /// <summary>The program to run: a path, or a name looked up in PATH.</summary>
    public required string Executable { get; init; }

    /// <summary>All arguments after the program's name, the script among them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment of the process.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The working directory; null for the bridge's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Its standard input, still owned by the caller; null for one that is at its end. Only Linux takes another.</summary>
    public SafeFileHandle? Input { get; init; }

    /// <summary>The signal its group gets when the bridge dies. Only Linux takes another than SIGKILL.</summary>
    public int EndSignal { get; init; } = Libc.SigKill;
}
