using KubeWsBridge.Configuration.Options;
using YamlDotNet.Core;

namespace KubeWsBridge.Configuration.Sources;

/// <summary>Reads the configuration file: what is in it, not yet what it is worth.</summary>
internal sealed class FileReader(string path, ICollection<ConfigurationProblem> problems)
{
    /// <summary>Reads the file; everything that is wrong goes to the problems. Null when nothing could be read at all.</summary>
    /// <param name="given">Where the file's name comes from.</param>
    public ConfigurationFile? Read(SettingSource given)
    {
        try
        {
            using var text = new StreamReader(path);
            var isLasting = text.BaseStream.CanSeek;
            return ReadRoot(YamlTree.Read(text)) is { } file ? file with { IsLasting = isLasting } : null;
        }
        catch (YamlException exception)
        {
            // Start is where the parser began to misunderstand, End is where it noticed, which is nearer to the slip.
            problems.Add(new ConfigurationProblem("YAML", null, SettingSource.File(path, exception.End.Line).Text,
                "cannot be read: " + exception.Message.TrimEnd('.') + ".", "Correct the line."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ConfigurationProblem("config", path, given.Text, exception.Message, "Give the path of a YAML file."));
        }
        return null;
    }

    private ConfigurationFile? ReadRoot(YamlNode? root)
    {
        if (root is null)
            return ConfigurationFile.Empty;
        if (root is not YamlMap map)
        {
            Complain("YAML", root, "is not a list of keys.", "Write lines such as \"maxConnections: 256\".");
            return null;
        }
        var lists = new Dictionary<string, List<ListEntry>?>(StringComparer.Ordinal);
        var known = OptionTable.Keys.Concat(ListTables.All.Select(table => table.Key));
        var settings = ReadMap(map, "", OptionTable.FindKey, known, (key, value) =>
        {
            if (ListTables.All.FirstOrDefault(table => table.Key == key) is not { } table)
                return false;
            lists[key] = ReadList(table, value);
            return true;
        });
        return new ConfigurationFile
        {
            Settings = settings,
            Routes = lists.GetValueOrDefault(ListTables.Routes.Key),
            Listeners = lists.GetValueOrDefault(ListTables.Listeners.Key),
            Certificates = lists.GetValueOrDefault(ListTables.Certificates.Key),
        };
    }

    private List<ListEntry>? ReadList(ListTable table, YamlNode value)
    {
        if (value is YamlScalar { IsNull: true })
            return null;
        if (value is not YamlList { Items.Count: > 0 } list)
        {
            Complain(table.Key, value, $"is not a list of at least one {table.Entry}.",
                $"Write entries such as \"- {table.Example}\", or leave the key out.");
            return null;
        }
        var known = table.Options.SelectMany(option => option.Keys);
        var entries = new List<ListEntry>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var prefix = $"{table.Key}[{i}]";
            if (list.Items[i] is YamlMap map)
                entries.Add(new ListEntry(ReadMap(map, prefix + ".", table.FindKey, known, (_, _) => false)));
            else
                Complain(prefix, list.Items[i], $"is not a {table.Entry}.", $"Write keys such as \"{table.Example}\".");
        }
        return entries;
    }

    private List<Setting> ReadMap(
        YamlMap map, string prefix, Func<string, OptionDefinition?> find, IEnumerable<string> known, Func<string, YamlNode, bool> readElse)
    {
        var settings = new List<Setting>();
        var seen = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            var option = find(key.Text);
            // A key and its singular are the same key.
            var name = option?.Key ?? key.Text;
            if (!seen.TryAdd(name, key))
            {
                var first = seen[name];
                Complain(prefix + key.Text, key, $"is given twice; {first.Text} is also in line {first.Line}.", "Remove one of them.");
            }
            else if (option is not null)
            {
                if (ReadSetting(option, prefix + key.Text, key, value) is { } setting)
                    settings.Add(setting);
            }
            else if (!readElse(key.Text, value))
            {
                Complain(prefix + key.Text, key, "is not known.", Suggestion(key.Text, known));
            }
        }
        return settings;
    }

    private Setting? ReadSetting(OptionDefinition option, string name, YamlScalar key, YamlNode value)
    {
        var source = SettingSource.File(path, key.Line);
        switch (value)
        {
            case YamlScalar { IsNull: true }:
                return null;
            case YamlScalar scalar:
                return Setting.From(source, option, option.IsList ? ListSplitter.Split(scalar.Text) : [scalar.Text]);
            case YamlList list when option.IsList && list.Items.All(item => item is YamlScalar):
                var items = list.Items.Cast<YamlScalar>().Select(item => new SettingValue(item.Text, SettingSource.File(path, item.Line)));
                return new Setting(option, [.. items], source);
            default:
                var message = option.IsList ? "is not a list of plain values." : "takes one plain value.";
                Complain(name, value, message, $"Give {option.Form.Expects}.");
                return null;
        }
    }

    private static string Suggestion(string key, IEnumerable<string> known)
    {
        if (OptionTable.FindFlag(key) is { IsInFile: false })
            return "Give it on the command line or in the environment.";
        return Spelling.Suggest(key, known) is { } near
            ? $"Did you mean {near}?"
            : "Remove it; \"kubewsbridge config schema\" lists all keys.";
    }

    private void Complain(string key, YamlNode node, string message, string fix) =>
        problems.Add(new ConfigurationProblem(key, null, SettingSource.File(path, node.Line).Text, message, fix));
}
