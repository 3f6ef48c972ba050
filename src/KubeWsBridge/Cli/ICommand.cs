namespace KubeWsBridge.Cli;

/// <summary>A sub-command.</summary>
internal interface ICommand
{
    /// <summary>Its name, of one or two words.</summary>
    string Name { get; }

    /// <summary>What the one word after the name stands for; null when there is none.</summary>
    string? Operand => null;

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>Does it; the result is an exit code.</summary>
    Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken);
}
