using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Cli;

/// <summary>A command line taken apart.</summary>
internal sealed record CommandLine
{
    /// <summary>The words that are not flags: the command's name; empty for the default command.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What the flags say, in their order; a list given by several flags is one setting.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Whether <c>--help</c> or <c>-h</c> is there.</summary>
    public bool WantsHelp { get; init; }

    /// <summary>Whether <c>--version</c> or <c>-V</c> is there.</summary>
    public bool WantsVersion { get; init; }

    /// <summary>Flags that are not known or lack a value, one sentence each.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Takes the arguments apart; never throws.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments) => new CommandLineParser(arguments).Parse();
}
