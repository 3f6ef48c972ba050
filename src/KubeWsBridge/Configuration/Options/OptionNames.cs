using System.Text;

namespace KubeWsBridge.Configuration.Options;

/// <summary>The one rule that makes a YAML key and a variable of a flag's name: <c>max-connections</c>, <c>maxConnections</c>,
/// <c>WSS_CONFIG_MAX_CONNECTIONS</c>.</summary>
internal static class OptionNames
{
    /// <summary>What all variables of the configuration start with.</summary>
    public const string VariablePrefix = "WSS_CONFIG_";

    /// <summary>The YAML key for a flag's name.</summary>
    public static string KeyOf(string flag)
    {
        var key = new StringBuilder(flag.Length);
        for (var i = 0; i < flag.Length; i++)
            if (flag[i] != '-')
                key.Append(i > 0 && flag[i - 1] == '-' ? char.ToUpperInvariant(flag[i]) : flag[i]);
        return key.ToString();
    }

    /// <summary>The variable for a flag's name.</summary>
    public static string VariableOf(string flag) => VariablePrefix + flag.Replace('-', '_').ToUpperInvariant();

    /// <summary>The flag's name a YAML key would come from.</summary>
    public static string FlagOf(string key)
    {
        var flag = new StringBuilder(key.Length + 4);
        foreach (var letter in key)
            flag.Append(char.IsAsciiLetterUpper(letter) ? "-" : "").Append(char.ToLowerInvariant(letter));
        return flag.ToString();
    }
}
