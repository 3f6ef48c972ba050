namespace KubeWsBridge.Tests.Configuration;

/// <summary>The ancestor's three option tables, copied from its page by hand so that a slip in our table shows.</summary>
public static class AncestorTables
{
    public static readonly AncestorRow[] Core =
    [
        new("--ws-host", "-H", "0.0.0.0", "WSS_CONFIG_WS_HOST", "127.0.0.1"),
        new("--ws-port", "-P", "8080", "WSS_CONFIG_WS_PORT", "9000"),
        new("--tcp-bind", "-B", "127.0.0.1", "WSS_CONFIG_TCP_BIND", "127.0.0.2"),
        new("--tcp-port", "", "0", "WSS_CONFIG_TCP_PORT", "9001"),
        new("--php-executable", "-e", "", "WSS_CONFIG_PHP_EXECUTABLE", "php"),
        new("--script", "-s", "", "WSS_CONFIG_SCRIPT", "{script}"),
        new("--php-arg", "-a", "", "WSS_CONFIG_PHP_ARGS", "-n"),
        new("--max-connections", "-M", "256", "WSS_CONFIG_MAX_CONNECTIONS", "1000"),
        new("--max-processes", "-m", "64", "WSS_CONFIG_MAX_PROCESSES", "100"),
        new("--connection-timeout", "-T", "0", "WSS_CONFIG_CONNECTION_TIMEOUT", "3600", "3600s"),
        new("--php-timeout", "-t", "0", "WSS_CONFIG_PHP_TIMEOUT", "60", "60s"),
        new("--buffer-size", "-b", "65536", "WSS_CONFIG_BUFFER_SIZE", "8192"),
        new("--log-level", "-l", "info", "WSS_CONFIG_LOG_LEVEL", "trace"),
        new("--php-connect-timeout", "", "30", "WSS_CONFIG_PHP_CONNECT_TIMEOUT", "5", "5s"),
        new("--php-connect-retries", "", "3", "WSS_CONFIG_PHP_CONNECT_RETRIES", "0"),
    ];

    public static readonly AncestorRow[] Tuning =
    [
        new("--max-payload-size", "", "16777216", "WSS_CONFIG_MAX_PAYLOAD_SIZE", "1024"),
        new("--write-buffer-size", "", "131072", "WSS_CONFIG_WRITE_BUFFER_SIZE", "4096"),
        new("--max-write-buffer-size", "", "16777216", "WSS_CONFIG_MAX_WRITE_BUFFER", "1048576"),
    ];

    /// <summary>--tls-domain has no variable there; ours is made by the rule. The default of --tls-key-type differs on purpose.</summary>
    public static readonly AncestorRow[] Tls =
    [
        new("--tls-mode", "", "", "WSS_CONFIG_TLS_MODE", "manual"),
        new("--tls-cert", "", "", "WSS_CONFIG_TLS_CERT", "cert.pem"),
        new("--tls-key", "", "", "WSS_CONFIG_TLS_KEY", "key.pem"),
        new("--tls-domain", "", "", "WSS_CONFIG_TLS_DOMAIN", "example.com"),
        new("--tls-email", "", "", "WSS_CONFIG_TLS_EMAIL", "a@example.com"),
        new("--tls-acme-state-dir", "", "./acme-state", "WSS_CONFIG_TLS_ACME_DIR", "/var/lib/acme"),
        new("--tls-force-acme", "", "false", "WSS_CONFIG_TLS_FORCE_AUTOMATE", "true"),
        new("--tls-renewal-window-ratio", "", "0.33", "WSS_CONFIG_TLS_RENEWAL_WINDOW_RATIO", "0.5"),
        new("--tls-dns-provider", "", "", "WSS_CONFIG_TLS_DNS_PROVIDER", "rfc2136"),
        new("--tls-dns-param", "", "", "WSS_CONFIG_TLS_DNS_PARAMS", "token=geheim", "***"),
        new("--tls-client-auth", "", "", "WSS_CONFIG_TLS_CLIENT_AUTH_MODE", "require-and-verify"),
        new("--tls-client-auth-ca", "", "", "WSS_CONFIG_TLS_CLIENT_AUTH_CA", "ca.pem"),
        new("--tls-ciphers", "", "", "WSS_CONFIG_TLS_CIPHERS", "TLS_AES_128_GCM_SHA256"),
        new("--tls-curves", "", "", "WSS_CONFIG_TLS_CURVES", "x25519"),
        new("--tls-alpn", "", "", "WSS_CONFIG_TLS_ALPN", "http/1.1,h2"),
        new("--tls-key-type", "", "p256", "WSS_CONFIG_TLS_KEY_TYPE", "ed25519"),
        new("--tls-secrets-log", "", "", "WSS_CONFIG_TLS_INSECURE_SECRETS_LOG", "keys.log"),
    ];

    private static readonly string[] Acme = ["--tls-email", "--tls-acme-state-dir", "--tls-force-acme", "--tls-renewal-window-ratio"];

    /// <summary>Those of the TLS table that work without TLS too.</summary>
    private static readonly string[] Dns = ["--tls-dns-provider", "--tls-dns-param"];

    public static TheoryData<string> Working => new([.. Core.Concat(Tuning).Select(row => row.Flag), .. Dns]);

    public static TheoryData<string> All => new([.. Core.Concat(Tuning).Concat(Tls).Select(row => row.Flag)]);

    public static TheoryData<string> TlsFlags => new([.. Tls.Select(row => row.Flag).Except(Acme).Except(Dns).Where(flag => flag != "--tls-mode")]);

    public static TheoryData<string> AcmeFlags => new(Acme);

    public static AncestorRow Row(string flag) => Core.Concat(Tuning).Concat(Tls).Single(row => row.Flag == flag);
}
