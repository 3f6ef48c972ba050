namespace KubeWsBridge.Certificates.Dns;

/// <summary>Reads a provider's parameters and collects all that is wrong with them.</summary>
internal sealed class ParameterReader(DnsProviderDefinition definition, Func<string, IEnumerable<string>, string?> suggest)
{
    private const string FileSuffix = "_file";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>What is wrong so far.</summary>
    public List<ParameterFlaw> Flaws { get; } = [];

    /// <summary>Takes one <c>key=value</c> or <c>key_file=path</c>.</summary>
    public void ReadPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var key = (equals < 0 ? pair : pair[..equals]).Trim();
        var value = equals < 0 ? "" : pair[(equals + 1)..].Trim();
        if (Find(key) is { } parameter)
            Take(parameter, key, value);
        else if (Fold(key).EndsWith(FileSuffix, StringComparison.Ordinal) && Find(key[..^FileSuffix.Length]) is { } filed)
            TakeFile(filed, key, value);
        else
            Flaws.Add(new ParameterFlaw(key, $"is not a parameter of {definition.Name}.", Suggestion(key)));
    }

    /// <summary>Takes what variables say of parameters nobody has given.</summary>
    public void ReadEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var parameter in definition.Parameters.Where(parameter => !IsKnown(parameter)))
            foreach (var variable in parameter.Variables)
            {
                if (environment.GetValueOrDefault(variable) is { Length: > 0 } value)
                    Take(parameter, variable, value);
                else if (environment.GetValueOrDefault(variable + "_FILE") is { Length: > 0 } path)
                    TakeFile(parameter, variable + "_FILE", path);
                if (IsKnown(parameter))
                    break;
            }
    }

    /// <summary>Adds defaults, finds what is missing, and gives everything by its main key.</summary>
    public IReadOnlyDictionary<string, string> Finish()
    {
        foreach (var parameter in definition.Parameters.Where(parameter => !IsKnown(parameter)))
        {
            if (parameter.Default is { } value)
                _values[parameter.Key] = value;
            else if (parameter.IsRequired)
                Flaws.Add(new ParameterFlaw(parameter.Key, $"is required by {definition.Name}: {parameter.Meaning}",
                    $"Add --tls-dns-param {parameter.Key}=…, or {parameter.Key}{FileSuffix}=FILE{Variables(parameter)}."));
        }
        return _values;
    }

    private void TakeFile(DnsProviderParameter parameter, string key, string path)
    {
        try
        {
            Take(parameter, key, File.ReadAllText(path).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Refuse(parameter, key, $"names a file that cannot be read: {e.Message}", "Give the path of a file this user may read.");
        }
    }

    private void Take(DnsProviderParameter parameter, string key, string value)
    {
        if (IsKnown(parameter))
            Refuse(parameter, key, "is given twice.", "Remove one of them.");
        else if (value.Length == 0)
            Refuse(parameter, key, "is empty.", "Give it a value, or remove it.");
        else if (parameter.Examine?.Invoke(value) is { } flaw)
            Refuse(parameter, key, flaw, $"It is {parameter.Meaning}");
        else
            _values[parameter.Key] = value;
    }

    private void Refuse(DnsProviderParameter parameter, string key, string message, string fix)
    {
        _refused.Add(parameter.Key);
        Flaws.Add(new ParameterFlaw(key, message, fix));
    }

    // A refused parameter is not missing besides.
    private bool IsKnown(DnsProviderParameter parameter) => _values.ContainsKey(parameter.Key) || _refused.Contains(parameter.Key);

    private DnsProviderParameter? Find(string key) => definition.Parameters.FirstOrDefault(
        parameter => Fold(parameter.Key) == Fold(key) || parameter.Variables.Any(variable => Fold(variable) == Fold(key)));

    private string Suggestion(string key)
    {
        var isFile = Fold(key).EndsWith(FileSuffix, StringComparison.Ordinal);
        var keys = definition.Parameters.Select(parameter => parameter.Key);
        if (suggest(isFile ? key[..^FileSuffix.Length] : key, keys) is { } near)
            return $"Did you mean {near}{(isFile ? FileSuffix : "")}?";
        return $"It takes {string.Join(", ", keys)}.";
    }

    private static string Variables(DnsProviderParameter parameter) =>
        parameter.Variables.Count == 0 ? "" : $"; the variable {string.Join(" or ", parameter.Variables)} works too";

    private static string Fold(string key) => key.Replace('-', '_').ToLowerInvariant();
}
