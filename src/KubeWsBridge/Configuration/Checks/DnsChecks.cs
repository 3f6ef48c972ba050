using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>The DNS provider and its parameters, which only fit together or not.</summary>
internal sealed class DnsChecks(ICollection<ConfigurationProblem> problems, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The settings; null when something is wrong with them, or no provider is named.</summary>
    public DnsSettings? Read(OptionValues values)
    {
        var (provider, pairs) = (AcmeOptions.DnsProvider, AcmeOptions.DnsParams);
        if (!values.AreSound(provider, pairs))
            return null;
        if (values.Find(provider) is not { } definition)
        {
            problems.Add(new ConfigurationProblem(provider.Key, null, ConfigurationProblem.NotSet, "is needed for DNS-01 challenges.",
                $"Set --{provider.Flag} to {provider.Form.Expects}."));
            return null;
        }
        var parameters = DnsProviderParameters.Read(
            definition, values.List(pairs).Select(pair => pair.Reveal()), environment, Spelling.Suggest, out var flaws);
        foreach (var flaw in flaws)
            problems.Add(Problem(values[pairs], flaw));
        return parameters is null ? null : new DnsSettings
        {
            Provider = definition,
            Parameters = parameters,
            Challenges = new DnsChallengeOptions
            {
                Ttl = values.Get(AcmeOptions.DnsTtl),
                PropagationDelay = values.Get(AcmeOptions.PropagationDelay),
                PropagationTimeout = values.Get(AcmeOptions.PropagationTimeout),
                OverrideDomain = values.Find(AcmeOptions.DnsOverrideDomain),
            },
            Resolvers = values.List(AcmeOptions.Resolvers),
        };
    }

    // Only the key is shown: the value beside it is most likely a secret.
    private static ConfigurationProblem Problem(EffectiveSetting setting, ParameterFlaw flaw) =>
        new(setting.Key, flaw.Key, setting.IsSet ? setting.Source.Text : ConfigurationProblem.NotSet, flaw.Message, flaw.Fix);
}
