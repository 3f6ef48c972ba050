using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Sources;

/// <summary>Reads the <c>WSS_CONFIG_*</c> variables.</summary>
internal static class EnvironmentReader
{
    /// <summary>
    /// The settings of all known variables. Unknown ones are only warned about: Kubernetes and shared env files put variables of one
    /// program into another. Empty ones count as not set, because that is all a template can do.
    /// </summary>
    public static IReadOnlyList<Setting> Read(IReadOnlyDictionary<string, string> environment, ICollection<string> warnings)
    {
        var settings = new List<Setting>();
        foreach (var option in OptionTable.All)
        {
            string[] given = [.. option.Variables.Where(variable => !string.IsNullOrEmpty(environment.GetValueOrDefault(variable)))];
            if (given.Length == 0)
                continue;
            foreach (var other in given.Skip(1))
                warnings.Add($"{other} is ignored because {given[0]} is set and means the same.");
            settings.Add(Read(option, given[0], environment[given[0]]));
        }
        foreach (var variable in environment.Keys.Where(IsUnknown).Order(StringComparer.Ordinal))
            warnings.Add($"{variable} is not known and ignored{Guess(variable)}");
        return settings;
    }

    private static Setting Read(OptionDefinition option, string variable, string text)
    {
        string[] values = option.IsList ? ListSplitter.Split(text) : [text];
        return Setting.From(SettingSource.Environment(variable), option, values);
    }

    private static bool IsUnknown(string variable) =>
        variable.StartsWith(OptionNames.VariablePrefix, StringComparison.Ordinal) && OptionTable.FindVariable(variable) is null;

    private static string Guess(string variable) =>
        Spelling.Suggest(variable, OptionTable.Variables) is { } near ? $"; did you mean {near}?" : ".";
}
