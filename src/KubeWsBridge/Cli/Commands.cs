using KubeWsBridge.Configuration;

namespace KubeWsBridge.Cli;

/// <summary>The table of commands, and the way from a command line to one of them.</summary>
internal static class Commands
{
    private static readonly RunCommand Default = new();
    private static readonly HelpCommand Help = new();
    private static readonly VersionCommand Version = new();

    /// <summary>Every command, in the order of the help.</summary>
    public static IReadOnlyList<ICommand> All { get; } =
    [
        Default,
        new DemoCommand(),
        new CheckCommand(),
        new ConfigPrintCommand(),
        new ConfigSchemaCommand(),
        new DnsTestCommand(),
        new CertListCommand(),
        new CertRenewCommand(),
        new CertRevokeCommand(),
        new CertImportCommand(),
        new DrainCommand(),
        new HealthcheckCommand(),
        new InstallCommand(),
        Version,
        Help,
    ];

    /// <summary>Runs what the command line asks for; the result is the exit code.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="runHost">Starts the bridge and comes back with an exit code when it has ended.</param>
    /// <param name="runDemo">Starts the demo; it loads its own configuration by <see cref="CommandContext.Load"/>.</param>
    /// <param name="cancellationToken">Handed on to the command.</param>
    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        TextWriter output,
        TextWriter error,
        Func<LoadedConfiguration, CancellationToken, Task<int>> runHost,
        Func<CommandContext, CancellationToken, Task<int>> runDemo,
        CancellationToken cancellationToken)
    {
        var line = CommandLine.Parse(arguments);
        var (command, complaint) = Find(line);
        IReadOnlyList<string> complaints = complaint is null ? line.Errors : [.. line.Errors, complaint];
        // Who asks for help gets it, whatever else is wrong.
        if (complaints.Count > 0 && !line.WantsHelp)
            return Task.FromResult(Refuse(error, complaints));
        var context = new CommandContext
        {
            Line = line,
            Environment = environment,
            Output = output,
            Error = error,
            RunHost = runHost,
            RunDemo = runDemo,
        };
        return command.RunAsync(context, cancellationToken);
    }

    private static (ICommand Command, string? Complaint) Find(CommandLine line)
    {
        if (line.WantsHelp || line.Words is ["help", ..])
            return (Help, null);
        if (line.WantsVersion)
            return (Version, null);
        var words = string.Join(' ', line.Words);
        if (words.Length == 0)
            return (Default, null);
        if (All.FirstOrDefault(command => command.Name == words) is { } known)
            return known.Operand is { } operand ? (Default, $"{known.Name} needs a {operand}{(operand == "NAME" ? ", such as example.com" : "")}") : (known, null);
        var operandless = string.Join(' ', line.Words.SkipLast(1));
        if (All.FirstOrDefault(command => command.Name == operandless && command.Operand is not null) is { } withOperand)
            return (withOperand, null);
        var names = All.Select(command => command.Name);
        if (names.FirstOrDefault(name => words.StartsWith(name + " ", StringComparison.Ordinal)) is { } start)
            return (Default, $"{start} takes no \"{words[(start.Length + 1)..]}\"; values follow a flag, such as --script FILE");
        string[] within = [.. names.Where(name => name.StartsWith(line.Words[0] + " ", StringComparison.Ordinal))];
        if (within.Length > 0)
            return (Default, $"\"{words}\" is not a command of this program; there is {string.Join(" and ", within)}");
        var near = Spelling.Suggest(words, names);
        return (Default, $"\"{words}\" is not a command of this program{(near is null ? "" : $"; did you mean {near}?")}");
    }

    private static int Refuse(TextWriter error, IReadOnlyList<string> complaints)
    {
        foreach (var complaint in complaints)
            error.WriteLine($"kubewsbridge: {complaint}");
        error.WriteLine("Try \"kubewsbridge --help\".");
        return ExitCodes.Usage;
    }
}
