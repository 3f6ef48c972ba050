using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>TLS options that must fit each other and the files they name.</summary>
internal sealed class TlsChecks(ICollection<ConfigurationProblem> problems, ICollection<string> warnings, DateTimeOffset now)
{
    // What each mode takes besides the options for all.
    private static readonly OptionDefinition[] OfManual = [TlsOptions.Cert, TlsOptions.Key, TlsOptions.KeyPasswordFile];
    private static readonly OptionDefinition[] OfMakers = [TlsOptions.Domains, TlsOptions.KeyType, AcmeOptions.StateDir];

    private static readonly OptionDefinition[] OfAll =
    [
        TlsOptions.ClientAuth, TlsOptions.ClientAuthCa, TlsOptions.Ciphers, TlsOptions.Curves, TlsOptions.Alpn, TlsOptions.SecretsLog,
    ];

    /// <summary>Checks the options against each other, and reads the files.</summary>
    public void Check(OptionValues values)
    {
        if (!values.AreSound(TlsOptions.Mode))
            return;
        switch (values.Get(TlsOptions.Mode))
        {
            case TlsMode.None:
                CheckUnused(values);
                return;
            case TlsMode.Manual:
                CheckManual(values);
                break;
            default:
                foreach (var option in OfManual.Where(option => values[option].IsSet))
                    Complain(values[option], new Flaw($"is for manual mode, and {Mode(values)}.", $"Set --{TlsOptions.Mode.Flag} manual, or remove it."));
                CheckSuites(values, [values.Get(TlsOptions.KeyType) switch
                {
                    KeyType.Rsa2048 or KeyType.Rsa4096 => KeyAlgorithm.Rsa,
                    _ => KeyAlgorithm.Ecdsa,
                }]);
                break;
        }

        CheckClientAuth(values);
        CheckGroups(values);
        CheckSecretsLog(values);
    }

    private void CheckUnused(OptionValues values)
    {
        foreach (var option in OfManual.Concat(OfMakers).Concat(OfAll).Where(option => values[option].IsSet && values[option].IsSound))
            Complain(values[option], new Flaw(
                $"means nothing without TLS, and {Mode(values)}.",
                $"Set --{TlsOptions.Mode.Flag} {(OfMakers.Contains(option) ? "internal" : "manual")}, or remove it."));
    }

    private void CheckManual(OptionValues values)
    {
        foreach (var option in OfMakers.Where(option => values[option].IsSet))
            warnings.Add($"{option} ({values[option].Source}) is not used in manual mode.");
        foreach (var option in new[] { TlsOptions.Cert, TlsOptions.Key })
            if (values[option] is { IsSound: true, Values.Count: 0 })
                problems.Add(new ConfigurationProblem(option.Key, null, ConfigurationProblem.NotSet, "is required in manual mode.",
                    $"Set --{option.Flag}, {option.Variable}, or {option.Key} in the file to {option.Form.Expects}."));
        if (values.Find(TlsOptions.Cert) is not { } certificate || values.Find(TlsOptions.Key) is not { } key)
            return;

        var reading = PairReader.Read(new PairFiles(certificate, key, values.Find(TlsOptions.KeyPasswordFile)), now);
        foreach (var fault in reading.Faults)
            Complain(values[Of(fault.Part)], new Flaw(fault.Message, fault.Fix));
        foreach (var warning in reading.Warnings)
            warnings.Add(warning);
        if (reading.Pair is { } pair)
            CheckSuites(values, [pair.Algorithm]);
    }

    private void CheckClientAuth(OptionValues values)
    {
        var (auth, ca) = (TlsOptions.ClientAuth, TlsOptions.ClientAuthCa);
        if (!values.AreSound(auth, ca))
            return;
        var verifies = values[auth].Values is [ClientAuthMode.VerifyIfGiven or ClientAuthMode.RequireAndVerify];
        if (values.Find(ca) is not { } file)
        {
            if (verifies)
                Complain(values[auth], new Flaw("needs to know who vouches for clients.", $"Name a PEM file with the authorities: --{ca.Flag}."));
        }
        else if (!values[auth].IsSet)
            Complain(values[ca], new Flaw("means nothing unless clients are asked for certificates.", $"Set --{auth.Flag} require-and-verify, or remove it."));
        else if (!verifies)
            warnings.Add($"{ca} ({values[ca].Source}) is not used: {auth} {values[auth].Printed.First()} does not verify certificates.");
        else if (ClientAuthorities.Examine(file) is { } fault)
            Complain(values[ca], new Flaw(fault.Message, fault.Fix));
    }

    private void CheckSuites(OptionValues values, IReadOnlyCollection<KeyAlgorithm> algorithms)
    {
        var suites = values.List(TlsOptions.Ciphers).Where(suite => !suite.IsTls13).ToArray();
        if (suites.Length > 0 && !suites.Any(suite => algorithms.Any(suite.Takes)))
            Complain(values[TlsOptions.Ciphers], new Flaw(
                $"leaves TLS 1.2 no suite: none goes with the certificate's key, which is {string.Join(" or ", algorithms)}.",
                $"Add one that does, such as {CipherSuites.Default.First(suite => !suite.IsTls13 && algorithms.Any(suite.Takes))}."));
    }

    private void CheckGroups(OptionValues values)
    {
        var (suites, groups) = (values.List(TlsOptions.Ciphers), values.List(TlsOptions.Curves));
        if (suites.Count > 0 && !suites.Any(suite => suite.IsTls13) && groups.Count > 0 && groups.All(group => group.IsTls13Only))
            Complain(values[TlsOptions.Curves], new Flaw(
                $"leaves no version of TLS: the groups need TLS 1.3, and {TlsOptions.Ciphers} has no suite of it.", "Add x25519, for example."));
    }

    private void CheckSecretsLog(OptionValues values)
    {
        if (values.Find(TlsOptions.SecretsLog) is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            Complain(values[TlsOptions.SecretsLog], new Flaw("is in a directory that does not exist.", "Make the directory."));
    }

    private static OptionDefinition<string> Of(PairPart part) => part switch
    {
        PairPart.Certificate => TlsOptions.Cert,
        PairPart.Key => TlsOptions.Key,
        _ => TlsOptions.KeyPasswordFile,
    };

    private static string Mode(OptionValues values) => $"{TlsOptions.Mode} is {values[TlsOptions.Mode].Printed.First()} ({values[TlsOptions.Mode].Source})";

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(string.Join(", ", setting.Printed), setting.Source), flaw));
}
