using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Printing;

/// <summary>Prints a configuration as a YAML file that loads again, with the source of each value beside it.</summary>
internal sealed class ConfigurationPrinter(TextWriter writer)
{
    /// <summary>Prints the configuration.</summary>
    public void Print(LoadedConfiguration configuration)
    {
        writer.WriteLine("# The effective configuration. The comment behind a value says where it comes from.");
        foreach (var option in OptionTable.All.Where(IsPrinted))
            Print("", configuration.Values[option]);
        if (configuration.HasRouteList)
            Print(ListTables.Routes, configuration.Routes);
        Print(ListTables.Listeners, configuration.Listeners);
        Print(ListTables.Certificates, configuration.Certificates);
    }

    private void Print(ListTable table, IReadOnlyList<OptionValues> entries)
    {
        if (entries.Count == 0)
            return;
        writer.WriteLine($"{table.Key}:");
        foreach (var entry in entries)
        {
            var prefix = "  - ";
            foreach (var option in table.Options.Where(IsPrinted))
            {
                Print(prefix, entry[option]);
                prefix = "    ";
            }
        }
    }

    // An option that is not there yet may not be in a file at all.
    private static bool IsPrinted(OptionDefinition option) => option.IsInFile && option.NotYet is null;

    private void Print(string prefix, EffectiveSetting setting)
    {
        // A mask would be read back as the secret itself.
        var hidden = setting.Option.Form.IsSecret && setting.Values.Count > 0 ? "# " : "";
        writer.WriteLine($"{prefix}{hidden}{setting.Option.Key}: {YamlText.Of(setting)}  # {setting.Source.Text.ReplaceLineEndings(" ")}");
    }
}
