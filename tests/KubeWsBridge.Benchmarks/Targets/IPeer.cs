using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>A program to compare with: something that carries bytes between clients and a TCP back-end.</summary>
internal interface IPeer
{
    /// <summary>How <c>--peers</c> and reports call it.</summary>
    string Name { get; }

    /// <summary>The command that installs it.</summary>
    string Install { get; }

    /// <summary>What clients speak to it.</summary>
    Wire Wire { get; }

    /// <summary>Whether all it needs is there.</summary>
    bool IsInstalled { get; }

    /// <summary>The command that runs it in the foreground; empty for no program at all.</summary>
    /// <param name="port">Where it listens on the loopback.</param>
    /// <param name="backEnd">The back-end's port.</param>
    /// <param name="folder">For its files; its own.</param>
    string[] Command(int port, int backEnd, string folder);
}
