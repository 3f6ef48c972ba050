using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Cli;

/// <summary>
/// Takes a command line apart: <c>--flag value</c>, <c>--flag=value</c>, <c>-M 5</c>, <c>-M5</c>, and <c>--</c> as the end of flags. A flag
/// that takes a value always takes the next argument, so that <c>-a -d</c> gives PHP a <c>-d</c>.
/// </summary>
internal sealed class CommandLineParser(IReadOnlyList<string> arguments)
{
    private readonly List<string> _words = [];
    private readonly List<(OptionDefinition Option, SettingValue[] Values)> _given = [];
    private readonly List<string> _errors = [];
    private bool _help;
    private bool _version;
    private int _next;

    /// <summary>Takes all arguments apart.</summary>
    public CommandLine Parse()
    {
        var flagsEnded = false;
        while (_next < arguments.Count)
        {
            var argument = arguments[_next++];
            if (flagsEnded || argument.Length < 2 || argument[0] != '-')
                _words.Add(argument);
            else if (argument == "--")
                flagsEnded = true;
            else if (argument[1] == '-')
                ReadLong(argument);
            else
                ReadShort(argument);
        }
        return new CommandLine
        {
            Words = _words,
            Settings = Collect(),
            WantsHelp = _help,
            WantsVersion = _version,
            Errors = _errors,
        };
    }

    private void ReadLong(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[2..] : argument[2..equals];
        var value = equals < 0 ? null : argument[(equals + 1)..];
        if (name == "help")
            _help = true;
        else if (name == "version")
            _version = true;
        else if (OptionTable.FindFlag(name) is { } option)
            ReadValue(option, "--" + name, value);
        else
            Unknown("--" + name, Spelling.Suggest(name, OptionTable.Flags.Append("help").Append("version")), equals < 0);
    }

    private void ReadShort(string argument)
    {
        var rest = argument[2..];
        if (argument == "-h")
            _help = true;
        else if (argument == "-V")
            _version = true;
        else if (OptionTable.FindShort(argument[1]) is { } option)
            ReadValue(option, argument[..2], rest.Length == 0 ? null : rest.StartsWith('=') ? rest[1..] : rest);
        else
            // One dash where two belong is the likelier slip when the rest is a flag's name.
            Unknown(argument, OptionTable.FindFlag(argument[1..])?.Flag, rest.Length == 0);
    }

    private void ReadValue(OptionDefinition option, string flag, string? value)
    {
        if (value is null && option.Form.IsSwitch)
            value = "true";
        else if (value is null && _next < arguments.Count)
            value = arguments[_next++];
        if (value is null)
        {
            _errors.Add($"{flag} needs a value: {option.Form.Expects}.");
            return;
        }
        var source = SettingSource.Flag(flag);
        string[] texts = option is { IsList: true, SplitsFlagAtCommas: true } && value.Length > 0 ? ListSplitter.Split(value) : [value];
        _given.Add((option, [.. texts.Select(text => new SettingValue(text, source))]));
    }

    private void Unknown(string flag, string? near, bool mayTakeNext)
    {
        _errors.Add($"{flag} is not a flag of this program{(near is null ? "" : $"; did you mean --{near}?")}");
        // What follows is most likely its value, not a command that deserves an error of its own.
        if (mayTakeNext && _next < arguments.Count && !arguments[_next].StartsWith('-'))
            _next++;
    }

    // A list grows with each flag; of anything else the last one wins.
    private List<Setting> Collect() =>
    [
        .. _given.GroupBy(given => given.Option).Select(group =>
        {
            SettingValue[] values = group.Key.IsList ? [.. group.SelectMany(given => given.Values)] : group.Last().Values;
            var source = values.Length > 0 ? values[^1].Source : SettingSource.Flag("--" + group.Key.Flag);
            return new Setting(group.Key, values, source);
        }),
    ];
}
