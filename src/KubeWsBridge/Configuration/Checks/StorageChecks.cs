using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Storage.Kubernetes;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>The options that say where certificates are kept, and what a pod must have for that.</summary>
internal sealed class StorageChecks(
    ICollection<ConfigurationProblem> problems, ICollection<string> warnings, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>A label's value, which it is too, has no more.</summary>
    private const int LongestPrefix = 63;

    /// <summary>The settings; null when something is wrong with them.</summary>
    public StorageSettings? Read(OptionValues values)
    {
        var (kind, directory, prefix) = (AcmeOptions.Storage, AcmeOptions.StateDir, AcmeOptions.StoragePrefix);
        if (!values.AreSound(kind, directory, prefix))
            return null;
        if (values.Get(kind) == StorageKind.Directory)
        {
            WarnOfUnused(values, prefix);
            return new StorageSettings(values.Get(directory), null);
        }

        WarnOfUnused(values, directory);
        if (!IsPrefix(values.Get(prefix)))
            Complain(values[prefix], new Flaw("can't begin the names of Secrets.",
                $"Use lower-case letters, digits and hyphens, {LongestPrefix} at most, no hyphen first or last."));
        try
        {
            return new StorageSettings(null, new() { Access = PodAccess.Find(environment), Prefix = values.Get(prefix) });
        }
        catch (StorageException missing)
        {
            Complain(values[kind], new Flaw("needs a pod with a service account.", missing.Message));
            return null;
        }
    }

    private void WarnOfUnused(OptionValues values, OptionDefinition option)
    {
        if (values[option].IsChanged)
            warnings.Add($"{option} from {values[option].Source} is not used: {AcmeOptions.Storage} is {values[AcmeOptions.Storage].Printed.First()}.");
    }

    private static bool IsPrefix(string text) =>
        text.Length <= LongestPrefix && text[0] != '-' && text[^1] != '-'
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(string.Join(", ", setting.Printed), setting.Source), flaw));
}
