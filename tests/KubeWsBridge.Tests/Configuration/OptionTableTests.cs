using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Tests.Configuration;

public class OptionTableTests
{
    public static TheoryData<string> Flags => new([.. OptionTable.All.Select(option => option.Flag)]);

    [Theory]
    [InlineData("tls-acme-dir", "tlsAcmeStateDir")]
    [InlineData("tls-force-automate", "tlsForceAcme")]
    [InlineData("tls-dns-params", "tlsDnsParams")]
    [InlineData("tls-client-auth-mode", "tlsClientAuth")]
    [InlineData("tls-insecure-secrets-log", "tlsSecretsLog")]
    [InlineData("max-write-buffer", "maxWriteBufferSize")]
    [InlineData("ignore-stdout", "ignoreStdout")]
    [InlineData("tls-propagation-timeout", "tlsPropagationTimeout")]
    [InlineData("tls-propagation-delay", "tlsPropagationDelay")]
    [InlineData("tls-dns-ttl", "tlsDnsTtl")]
    [InlineData("tls-dns-challenge-override-domain", "tlsDnsChallengeOverrideDomain")]
    [InlineData("tls-resolvers", "tlsResolvers")]
    [InlineData("tls-eab-key-id", "tlsEabKeyId")]
    [InlineData("tls-eab-mac-key", "tlsEabMacKey")]
    [InlineData("tls-on-demand", "tlsOnDemand")]
    [InlineData("tls-reuse-private-keys", "tlsReusePrivateKeys")]
    public void Flag_OfTheAncestorsCode_IsKnown(string flag, string key) => Assert.Equal(key, OptionTable.FindFlag(flag)?.Key);

    [Theory]
    [InlineData("tls-propagation-timeout", "120s")]
    [InlineData("tls-propagation-delay", "10s")]
    [InlineData("tls-dns-ttl", "60s")]
    [InlineData("tls-acme-http-port", "80")]
    [InlineData("launcher", "auto")]
    [InlineData("data-path", "auto")]
    [InlineData("framing", "raw")]
    [InlineData("upgrade", "ready")]
    [InlineData("heartbeat-interval", "20s")]
    [InlineData("header-timeout", "10s")]
    [InlineData("max-connections-per-address", "0")]
    [InlineData("connect-rate", "0")]
    [InlineData("drain-timeout", "30s")]
    [InlineData("drain-delay", "0")]
    [InlineData("drain-period", "5s")]
    [InlineData("drain-close-code", "1001")]
    [InlineData("grace-period", "0")]
    [InlineData("tail-timeout", "1s")]
    [InlineData("close-timeout", "1s")]
    [InlineData("worker-grace", "5s")]
    [InlineData("terminate-grace", "2s")]
    [InlineData("hello-timeout", "10s")]
    [InlineData("ignore-stdout", "false")]
    [InlineData("proxy-protocol", "false")]
    [InlineData("log-format", "text")]
    public void Default_OfOwnOption_IsAsPromised(string flag, string printed) =>
        Assert.Equal(printed, OptionTable.FindFlag(flag)?.PrintedDefault);

    [Theory]
    [InlineData("WSS_CONFIG_MAX_WRITE_BUFFER_SIZE", "maxWriteBufferSize")]
    [InlineData("WSS_CONFIG_TLS_ACME_STATE_DIR", "tlsAcmeStateDir")]
    [InlineData("WSS_CONFIG_TLS_FORCE_ACME", "tlsForceAcme")]
    [InlineData("WSS_CONFIG_TLS_CLIENT_AUTH", "tlsClientAuth")]
    [InlineData("WSS_CONFIG_TLS_SECRETS_LOG", "tlsSecretsLog")]
    [InlineData("WSS_CONFIG_TLS_DNS_PARAM", "tlsDnsParams")]
    [InlineData("WSS_CONFIG_PHP_ARG", "phpArgs")]
    [InlineData("WSS_CONFIG_ORIGIN", "origins")]
    [InlineData("WSS_CONFIG_ORIGINS", "origins")]
    [InlineData("WSS_CONFIG_TRUSTED_PROXIES", "trustedProxies")]
    public void Variable_MadeByTheRule_IsKnownToo(string variable, string key) => Assert.Equal(key, OptionTable.FindVariable(variable)?.Key);

    [Theory]
    [MemberData(nameof(Flags))]
    public void EveryOption_HasThreeNamesByTheRule(string flag)
    {
        var option = OptionTable.FindFlag(flag)!;
        if (!option.IsInFile)
            return;
        Assert.Same(option, OptionTable.FindKey(OptionNames.KeyOf(flag)));
        Assert.Same(option, OptionTable.FindKey(option.Key));
        Assert.Same(option, OptionTable.FindVariable("WSS_CONFIG_" + flag.Replace('-', '_').ToUpperInvariant()));
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void EveryOption_Texts_AreWholeSentences(string flag)
    {
        var option = OptionTable.FindFlag(flag)!;
        Assert.EndsWith(".", option.Help, StringComparison.Ordinal);
        Assert.True(option.Form.IsSwitch || option.Form.Placeholder.Length > 0);
        Assert.NotEmpty(option.Form.Expects);
        Assert.True(option.Default is null || option.PrintedDefault is not null, "The default cannot be read.");
    }
}
