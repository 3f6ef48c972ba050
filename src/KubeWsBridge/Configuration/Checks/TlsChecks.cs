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
    private static readonly OptionDefinition[] OfMakers = [TlsOptions.Domains, TlsOptions.KeyType, TlsOptions.StateDir];

    private static readonly OptionDefinition[] OfAll =
    [
        TlsOptions.ClientAuth, TlsOptions.ClientAuthCa, TlsOptions.Ciphers, TlsOptions.Curves, TlsOptions.Alpn, TlsOptions.SecretsLog,
        TlsOptions.RedirectPort,
    ];

    /// <summary>Checks the options against each other, and reads the files.</summary>
    public void Check(OptionValues values, IReadOnlyList<OptionValues> certificates)
    {
        if (!values.AreSound(TlsOptions.Mode))
            return;
        switch (values.Get(TlsOptions.Mode))
        {
            case TlsMode.None:
                CheckUnused(values);
                CheckUnlisted(values, certificates);
                return;
            case TlsMode.Manual:
                CheckManual(values, certificates);
                break;
            default:
                foreach (var option in OfManual.Where(option => IsGiven(values[option])))
                    Complain(values[option], new Flaw($"is for manual mode, and {Mode(values)}.", $"Set --{TlsOptions.Mode.Flag} manual, or remove it."));
                CheckUnlisted(values, certificates);
                WarnOfStateDirectory(values);
                if (values.Get(TlsOptions.KeyType) == KeyType.Ed25519 && !Ed25519Key.IsSupported)
                    Complain(values[TlsOptions.KeyType], new Flaw("needs Linux.", "Use p256."));
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

    private void WarnOfStateDirectory(OptionValues values)
    {
        var (isGiven, isInternal) = (IsGiven(values[TlsOptions.StateDir]), values.Get(TlsOptions.Mode) == TlsMode.Internal);
        if (isInternal && !isGiven)
            warnings.Add($"The self-signed certificate is a new one after each start; --{TlsOptions.StateDir.Flag} DIR keeps it.");
        if (!isInternal && isGiven)
            warnings.Add($"{TlsOptions.StateDir} ({values[TlsOptions.StateDir].Source}) is for internal mode; automate mode keeps its state in "
                + $"{AcmeOptions.StateDir} ({string.Join(", ", values[AcmeOptions.StateDir].Printed)}).");
    }

    private void CheckUnused(OptionValues values)
    {
        foreach (var option in OfManual.Concat(OfMakers).Concat(OfAll).Where(option => IsGiven(values[option])))
            Complain(values[option], new Flaw(
                $"means nothing without TLS, and {Mode(values)}.",
                $"Set --{TlsOptions.Mode.Flag} {(OfMakers.Contains(option) ? "internal" : "manual")}, or remove it."));
    }

    private void CheckUnlisted(OptionValues values, IReadOnlyList<OptionValues> certificates)
    {
        foreach (var certificate in certificates.Take(1).Select(entry => entry[CertificateOptionTable.Cert]).Where(cert => cert.Values.Count > 0))
            Complain(certificate, new Flaw($"is for manual mode, and {Mode(values)}.", $"Set --{TlsOptions.Mode.Flag} manual, or remove {ListTables.Certificates.Key}."));
    }

    private void CheckManual(OptionValues values, IReadOnlyList<OptionValues> certificates)
    {
        foreach (var option in OfMakers.Where(option => IsGiven(values[option])))
            warnings.Add($"{option} ({values[option].Source}) is not used in manual mode.");
        var algorithms = new HashSet<KeyAlgorithm>();
        if (certificates.Count == 0 || OfManual.Any(option => IsGiven(values[option])))
            CheckPair(values, TlsOptions.Cert, TlsOptions.Key, TlsOptions.KeyPasswordFile, algorithms,
                option => $"Set --{option.Flag}, {option.Variable}, or {option.Key} in the file to {option.Form.Expects}.");
        foreach (var certificate in certificates)
            CheckPair(certificate, CertificateOptionTable.Cert, CertificateOptionTable.Key, CertificateOptionTable.KeyPasswordFile, algorithms,
                option => $"Give {option.Form.Expects}.");
        if (algorithms.Count > 0)
            CheckSuites(values, algorithms);
    }

    private void CheckPair(
        OptionValues values, OptionDefinition<string> cert, OptionDefinition<string> key, OptionDefinition<string> password,
        HashSet<KeyAlgorithm> algorithms, Func<OptionDefinition, string> fix)
    {
        foreach (var option in new[] { cert, key })
            if (values[option] is { IsSound: true, Values.Count: 0 })
                problems.Add(new ConfigurationProblem(values[option].Key, null, ConfigurationProblem.NotSet, "is required in manual mode.", fix(option)));
        if (values.Find(cert) is not { } certificateFile || values.Find(key) is not { } keyFile)
            return;

        var reading = PairReader.Read(new PairFiles(certificateFile, keyFile, values.Find(password)), now);
        foreach (var fault in reading.Faults)
            Complain(values[Of(fault.Part)], new Flaw(fault.Message, fault.Fix));
        foreach (var warning in reading.Warnings)
            warnings.Add(warning);
        if (reading.Pair is { } pair)
            algorithms.Add(pair.Algorithm);

        OptionDefinition<string> Of(PairPart part) => part switch
        {
            PairPart.Certificate => cert,
            PairPart.Key => key,
            _ => password,
        };
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

    // Written down as its default, an option says nothing: a printed configuration does that with all of them.
    private static bool IsGiven(EffectiveSetting setting) => setting is { IsChanged: true, Values.Count: > 0 };

    private static string Mode(OptionValues values) => $"{TlsOptions.Mode} is {values[TlsOptions.Mode].Printed.First()} ({values[TlsOptions.Mode].Source})";

    private void Complain(EffectiveSetting setting, Flaw flaw) => problems.Add(ConfigurationProblem.Of(
        setting.Key, setting.Option, new SettingValue(string.Join(", ", setting.Printed), setting.Source), flaw));
}
