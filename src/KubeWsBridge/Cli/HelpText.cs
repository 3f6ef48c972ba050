using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Cli;

/// <summary>The text of <c>--help</c>, made of the tables of commands and options.</summary>
internal sealed class HelpText(TextWriter writer)
{
    private const int Width = 100;

    private readonly TextColumns _columns = new(writer, indent: 2, left: 32, Width);

    /// <summary>Writes the whole text.</summary>
    public void Write()
    {
        writer.WriteLine("kubewsbridge gives each WebSocket connection its own PHP process.");
        writer.WriteLine();
        writer.WriteLine("Usage: kubewsbridge [COMMAND] --php-executable PATH --script FILE [FLAGS]");
        WriteCommands();
        foreach (var group in OptionTable.All.GroupBy(option => option.Group))
        {
            WriteTitle(Title(group.Key));
            foreach (var option in group)
                WriteOption(option);
        }
        WriteTitle("Help and version");
        _columns.Write("-h, --help", "Print this help.");
        _columns.Write("-V, --version", "Print the version.");
        WriteRules();
    }

    private void WriteCommands()
    {
        WriteTitle("Commands");
        foreach (var command in Commands.All)
            _columns.Write(command.Operand is { } operand ? $"{command.Name} {operand}" : command.Name, command.Summary);
    }

    private void WriteOption(OptionDefinition option)
    {
        var shortFlag = option.Short is { } letter ? $"-{letter}, " : "    ";
        var value = option.Form.IsSwitch ? "" : $" <{option.Form.Placeholder}>";
        var dots = option.IsList ? "..." : "";
        var later = option.NotYet is { } work ? $"Not available yet: comes with {work}. " : "";
        _columns.Write($"{shortFlag}--{option.Flag}{value}{dots}", later + option.Help);
        _columns.Write("", Notes(option));
    }

    private static IEnumerable<string> Notes(OptionDefinition option)
    {
        if (option.IsRequired)
            yield return "[required]";
        if (option.PrintedDefault is { } fallback)
            yield return $"[default: {fallback}]";
        yield return $"[env: {option.Variable}]";
        if (option.IsInFile)
            yield return $"[yaml: {option.Key}]";
        if (option.FlagAliases.Count > 0)
            yield return $"[also: {string.Join(", ", option.FlagAliases.Select(alias => "--" + alias))}]";
    }

    private static string Title(OptionGroup group) => group switch
    {
        OptionGroup.Core => "Core options",
        OptionGroup.WebSocket => "WebSocket tuning",
        OptionGroup.Tls => "TLS",
        _ => "More options",
    };

    private void WriteRules()
    {
        WriteTitle("Values");
        foreach (var rule in new[]
        {
            "Durations are seconds; 500ms, 2s, 2m and 1h work too. Sizes are bytes; 64k, 16m and 64KiB work too.",
            "Options with ... may be given several times; in a variable, spaces or commas separate the values.",
            "A flag overrides its variable, a variable overrides the file, and the file overrides the default.",
            "Exit status: 64 for a bad command line, 78 for a bad configuration, 1 for a failed start.",
        })
            foreach (var line in TextColumns.Wrap(rule.Split(' '), Width - 2))
                writer.WriteLine("  " + line);
    }

    private void WriteTitle(string title)
    {
        writer.WriteLine();
        writer.WriteLine(title + ":");
    }
}
