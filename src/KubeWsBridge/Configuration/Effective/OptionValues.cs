using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Effective;

/// <summary>The effective values of a set of options, by their definitions.</summary>
internal sealed class OptionValues(IReadOnlyDictionary<OptionDefinition, EffectiveSetting> settings)
{
    /// <summary>The setting of an option.</summary>
    public EffectiveSetting this[OptionDefinition option] => settings[option];

    /// <summary>The value of an option that has a default.</summary>
    public T Get<T>(OptionDefinition<T> option)
        where T : notnull => (T)settings[option].Values[0];

    /// <summary>The value of an option that may have none.</summary>
    public T? Find<T>(OptionDefinition<T> option)
        where T : class => settings[option].Values is [T value, ..] ? value : null;

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<T> List<T>(OptionDefinition<T> option)
        where T : notnull => [.. settings[option].Values.Cast<T>()];

    /// <summary>Whether none of the options was refused, so that comparing them makes sense.</summary>
    public bool AreSound(params ReadOnlySpan<OptionDefinition> options)
    {
        foreach (var option in options)
            if (!settings[option].IsSound)
                return false;
        return true;
    }
}
