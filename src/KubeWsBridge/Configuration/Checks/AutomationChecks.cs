using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>The options of certificates from an authority, which must fit each other, the names and the files they mention.</summary>
internal sealed class AutomationChecks(
    ICollection<ConfigurationProblem> problems, ICollection<string> warnings, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The settings; null when something is wrong with them, or certificates come from elsewhere.</summary>
    /// <param name="values">The main table.</param>
    /// <param name="listeners">The entries of the list of listeners; none when there is no list.</param>
    public AutomationSettings? Read(OptionValues values, IReadOnlyList<OptionValues> listeners)
    {
        if (!values.AreSound(TlsOptions.Mode))
            return null;
        if (values.Get(TlsOptions.Mode) != TlsMode.Automate)
        {
            WarnOfUnused(values);
            return null;
        }

        var before = problems.Count;
        var names = ReadNames(values);
        var challenges = ReadChallenges(values);
        CheckNames(values, names, challenges);
        var issuers = ReadIssuers(values);
        CheckReadiness(values, challenges);
        CheckHttpPort(values, challenges, listeners);
        var onDemand = ReadOnDemand(values);
        var storage = new StorageChecks(problems, warnings, environment).Read(values);
        var dns = challenges.Contains(ChallengeTypes.Dns01) ? new DnsChecks(problems, environment).Read(values) : null;
        if (values.Get(TlsOptions.KeyType) == KeyType.Ed25519)
            warnings.Add($"{TlsOptions.KeyType} is ed25519: browsers do not take such certificates, and public authorities do not issue them.");
        return problems.Count > before || names.Count == 0 || storage is null ? null : new AutomationSettings
        {
            Certificate = new ManagedCertificate
            {
                Names = names,
                Issuers = issuers,
                KeyType = values[TlsOptions.KeyType].Printed.First(),
                ReusePrivateKey = values.Get(AcmeOptions.ReusePrivateKeys),
                RenewalWindowRatio = values.Get(AcmeOptions.RenewalWindowRatio),
                OrderAtStart = values.Get(AcmeOptions.ForceAcme),
            },
            KeyType = values.Get(TlsOptions.KeyType),
            Storage = storage,
            Challenges = challenges,
            Dns = dns,
            HttpPort = values.Get(AcmeOptions.HttpPort),
            OnDemand = onDemand,
            IsNeededForReadiness = values.Get(AcmeOptions.ReadyNeedsCertificate),
        };
    }

    private void WarnOfUnused(OptionValues values)
    {
        foreach (var option in AcmeOptions.All.Where(option => values[option] is { IsChanged: true, Values.Count: > 0 }))
            warnings.Add($"{option} from {values[option].Source} is not used: it belongs to --{TlsOptions.Mode.Flag} automate.");
    }

    private List<Identifier> ReadNames(OptionValues values)
    {
        var domains = TlsOptions.Domains;
        if (!values.AreSound(domains))
            return [];
        if (values.List(domains).Count == 0)
            problems.Add(new ConfigurationProblem(domains.Key, null, ConfigurationProblem.NotSet, "is required in automate mode.",
                $"Name what the certificate is for: --{domains.Flag} ws.example.com."));
        var names = new List<Identifier>();
        foreach (var text in values.List(domains))
        {
            try
            {
                names.Add(Identifier.Parse(text));
            }
            catch (AcmeException unreadable)
            {
                Complain(values[domains], text, new Flaw("is neither a DNS name nor an IP address.", unreadable.Message));
            }
        }

        return [.. names.Distinct()];
    }

    private static IReadOnlyList<string> ReadChallenges(OptionValues values) => values.List(AcmeOptions.Challenges) switch
    {
        { Count: > 0 } chosen => [.. chosen.Distinct()],
        _ when values[AcmeOptions.DnsProvider].IsSet => [ChallengeTypes.Dns01],
        _ => [ChallengeTypes.Http01, ChallengeTypes.TlsAlpn01],
    };

    private void CheckNames(OptionValues values, List<Identifier> names, IReadOnlyList<string> challenges)
    {
        var byDns = challenges.Contains(ChallengeTypes.Dns01);
        if (!byDns && values[AcmeOptions.DnsProvider] is { IsSet: true } provider)
            warnings.Add($"{provider.Key} from {provider.Source} is not used: {ChallengeTypes.Dns01} is not among {AcmeOptions.Challenges}.");
        foreach (var name in names)
        {
            if (!byDns && name.Value.StartsWith("*.", StringComparison.Ordinal))
                Complain(values[TlsOptions.Domains], name.Value, new Flaw("is a wildcard, which only dns-01 proves.",
                    $"Set --{AcmeOptions.DnsProvider.Flag}, or name each domain."));
            if (name.Type == "ip" && challenges is [ChallengeTypes.Dns01])
                Complain(values[TlsOptions.Domains], name.Value, new Flaw("is an address, which dns-01 can't prove.",
                    $"Set --{AcmeOptions.Challenges.Flag} {ChallengeTypes.Http01}."));
        }
    }

    private List<Issuer> ReadIssuers(OptionValues values)
    {
        var (account, roots) = (ReadExternalAccount(values), ReadRoots(values));
        var directories = values.List(AcmeOptions.Directory) is { Count: > 0 } given ? given : [Issuer.LetsEncrypt];
        return [.. directories.Distinct().Select((directory, index) => new Issuer
        {
            Directory = directory,
            Email = values.Find(AcmeOptions.Email),
            // An external account is known to one authority.
            ExternalAccount = index == 0 ? account : null,
            TrustedRoots = directory == Issuer.LetsEncrypt || directory == Issuer.LetsEncryptStaging ? null : roots,
            PreferredChain = values.Find(AcmeOptions.PreferredChain),
            Profile = values.Find(AcmeOptions.Profile),
        })];
    }

    private OnDemandSettings? ReadOnDemand(OptionValues values)
    {
        var (demand, allow, ask) = (AcmeOptions.OnDemand, AcmeOptions.OnDemandAllow, AcmeOptions.OnDemandAsk);
        Uri? url = null;
        if (values.Find(ask) is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https"))
            Complain(values[ask], null, new Flaw("is no URL that could be asked.", $"Give {ask.Form.Expects}."));
        if (values.Get(demand))
        {
            // Whoever points a name here could otherwise have certificates ordered until the authority's limits end it for everybody.
            if (values.List(allow).Count == 0 && url is null)
                Complain(values[demand], null, new Flaw("would obtain certificates for whatever anybody asks for.",
                    $"Name those that may be: --{allow.Flag}, or who knows: --{ask.Flag}."));
            return new OnDemandSettings([.. values.List(allow).Select(name => name.TrimEnd('.').ToLowerInvariant())], url);
        }

        foreach (var option in new OptionDefinition[] { allow, ask }.Where(option => values[option].Values.Count > 0))
            warnings.Add($"{option} from {values[option].Source} is not used: {demand} is false.");
        return null;
    }

    private ExternalAccount? ReadExternalAccount(OptionValues values)
    {
        var (id, key) = (AcmeOptions.EabKeyId, AcmeOptions.EabMacKey);
        if (!values.AreSound(id, key))
            return null;
        if (values.Find(id) is not { } keyId || values.Find(key) is not { } secret)
        {
            foreach (var (given, missing) in new (OptionDefinition, OptionDefinition)[] { (id, key), (key, id) })
                if (values[given].Values.Count > 0)
                    Complain(values[given], null, new Flaw($"needs {missing} beside it.", $"Set --{missing.Flag}, or remove it."));
            return null;
        }

        try
        {
            return new ExternalAccount(keyId, secret.Reveal());
        }
        catch (AcmeException unreadable)
        {
            Complain(values[key], null, new Flaw("can't be used.", unreadable.Message));
            return null;
        }
    }

    private System.Security.Cryptography.X509Certificates.X509Certificate2Collection? ReadRoots(OptionValues values)
    {
        if (values.Find(AcmeOptions.CaFile) is not { } file)
            return null;
        if (TrustedRoots.Read(file, out var fault) is { } roots)
            return roots;
        Complain(values[AcmeOptions.CaFile], null, new Flaw(fault!.Message, fault.Fix));
        return null;
    }

    private void CheckReadiness(OptionValues values, IReadOnlyList<string> challenges)
    {
        if (values.Get(AcmeOptions.ReadyNeedsCertificate) && !challenges.Contains(ChallengeTypes.Dns01))
            warnings.Add($"{AcmeOptions.ReadyNeedsCertificate} ({values[AcmeOptions.ReadyNeedsCertificate].Source}) with {string.Join(" and ", challenges)}: "
                + "a Service sends nothing to a pod that is not ready, challenges among it. Set publishNotReadyAddresses on the Service they come through.");
    }

    private void CheckHttpPort(OptionValues values, IReadOnlyList<string> challenges, IReadOnlyList<OptionValues> listeners)
    {
        var port = AcmeOptions.HttpPort;
        if (!challenges.Contains(ChallengeTypes.Http01) || values.Get(port) == 0)
            return;
        var isTaken = listeners.Count == 0
            ? values.Get(CoreOptions.WsPort) == values.Get(port)
            : listeners.Any(listener => listener.Get(ListenerOptionTable.Tls) && listener[ListenerOptionTable.Port].Values is [int own] && own == values.Get(port));
        if (isTaken)
            Complain(values[port], null, new Flaw("is the port of a listener with TLS, and http-01 is asked for without.",
                $"Give the two ports of their own; authorities come to port {port.Default}."));
    }

    private void Complain(EffectiveSetting setting, string? value, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(value ?? string.Join(", ", setting.Printed), setting.Source), flaw));
}
