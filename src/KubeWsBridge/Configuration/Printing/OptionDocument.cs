using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Printing;

/// <summary>
/// Writes docs/options.md. A test compares it with the file; <c>KWB_UPDATE_DOCS=1</c> makes the test write the file instead.
/// </summary>
internal static class OptionDocument
{
    private const string Rules = """
        # Options

        This page is made from the program's option table; change the table (`src/KubeWsBridge/Configuration/Options`), not the page.

        Every option has three names made by one rule: the flag `--max-connections`, the variable `WSS_CONFIG_MAX_CONNECTIONS` and the
        YAML key `maxConnections`. Where the table shows another variable, the one made by the rule works as well.

        * **Precedence:** defaults < YAML file < environment < command line.
        * **File:** `--config FILE` or `WSS_CONFIG_FILE`. All keys stand flat at the top, besides the list `routes`. Unknown and repeated
          keys are errors. A key without a value counts as not set, and so does an empty variable. Relative paths start at the directory
          the program runs in, not at the file.
        * **Durations** are seconds, fractions included; `500ms`, `2s`, `2m` and `1h` work too.
        * **Sizes** are bytes; `64k`, `16m`, `1g`, also `64Ki` and `64KiB`, are powers of 1024.
        * **Booleans:** `true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off`; a flag alone means `true`.
        * **Lists** (*repeatable*): give the flag several times, or a YAML list, whose items are taken as they are. A variable, or one plain
          text in YAML, is split at spaces and commas; so is a flag, apart from `--php-arg` and `--tls-dns-param`. A stronger source
          replaces the whole list. The singular key (`origin`) means the same as the plural (`origins`).
        * **Changes:** a running bridge looks at its file every 2 seconds, and at once on SIGHUP; ConfigMaps and Secrets mounted as volumes count
          as files. A new content is checked whole. Is anything wrong with it, the log says what, and all stays as it was. Otherwise values that
          are *live* hold from then on for new connections; those there are keep what they began with, their PHP processes and launchers too. The
          others are named in a warning, and need a restart. Variables and flags do not change while a program runs. See
          [kubernetes.md](kubernetes.md#changing-the-configuration).
        * **Not available yet** is answered with an error, never ignored.

        """;

    private const string RouteRules = """

        ## Routes

        Without `routes`, the script serves every path. With it, each entry may have the keys below; what it does not say is taken from the
        same key at the top of the file (or its variable or flag), `path` and `maxConnections` excepted. The longest matching path wins.

        ```yaml
        phpExecutable: /usr/bin/php
        maxConnections: 512
        routes:
          - path: /chat
            script: /srv/chat.php
            origins: ["https://example.com"]
          - path: /feed/*
            script: /srv/feed.php
            maxConnections: 100
        ```

        """;

    private const string ListenerRules = """

        ## Listeners

        Without `listeners`, clients connect to `wsHost` and `wsPort`, with TLS if `tlsMode` is set. With it, plain and TLS can stand side by side.

        ```yaml
        tlsMode: manual
        tlsCert: /etc/tls/tls.crt
        tlsKey: /etc/tls/tls.key
        listeners:
          - port: 8443
            tls: true
          - host: 127.0.0.1
            port: 8080
          - port: 8088
            redirect: true
        ```

        """;

    private const string CertificateRules = """

        ## Certificates

        With several certificates each client gets the one for the name it asks for: first an exact name, then a wildcard, then the first certificate of all, which is
        `tlsCert` if it is set. Of several certificates for the same names, ECDSA and RSA for example, the first one whose key the client takes is shown.

        ```yaml
        tlsMode: manual
        tlsCertificates:
          - cert: /etc/tls/example.com/tls.crt
            key: /etc/tls/example.com/tls.key
          - cert: /etc/tls/example.org/tls.crt
            key: /etc/tls/example.org/tls.key
        ```

        """;

    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var page = new StringWriter { NewLine = "\n" };
        page.Write(Rules.ReplaceLineEndings("\n"));
        foreach (var group in OptionTable.All.GroupBy(option => option.Group))
        {
            page.WriteLine();
            page.WriteLine($"## {Title(group.Key)}");
            page.WriteLine();
            page.WriteLine("| Flag | Variable | YAML key | Default | Values | Change takes effect | Meaning |");
            page.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var option in group)
                page.WriteLine(Row(option));
        }
        page.Write(RouteRules.ReplaceLineEndings("\n"));
        WriteKeys(page, ListTables.Routes);
        page.Write(ListenerRules.ReplaceLineEndings("\n"));
        WriteKeys(page, ListTables.Listeners);
        page.Write(CertificateRules.ReplaceLineEndings("\n"));
        WriteKeys(page, ListTables.Certificates);
        return page.ToString();
    }

    private static void WriteKeys(TextWriter page, ListTable table)
    {
        page.WriteLine("| Key | Default | Values | Meaning |");
        page.WriteLine("|---|---|---|---|");
        foreach (var option in table.Options)
            page.WriteLine($"| `{option.Key}` | {Fallback(option)} | {Escape(option.Form.Expects)} | {Meaning(option)} |");
    }

    private static string Row(OptionDefinition option)
    {
        var flags = string.Join(", ", new[] { "--" + option.Flag }
            .Concat(option.Short is { } letter ? ["-" + letter] : [])
            .Concat(option.FlagAliases.Select(alias => "--" + alias)).Select(flag => $"`{flag}`"));
        var key = option.IsInFile ? $"`{option.Key}`" : "";
        var values = Escape(option.Form.Expects) + (option.IsList ? "; *repeatable*" : "");
        return $"| {flags} | `{option.Variable}` | {key} | {Fallback(option)} | {values} | {Effect(option)} | {Meaning(option)} |";
    }

    private static string Meaning(OptionDefinition option) =>
        Escape(option.Help) + (option.NotYet is { } later ? $" *Not available yet: comes with {later}.*" : "");

    private static string Fallback(OptionDefinition option) =>
        option.PrintedDefault is { } text ? $"`{text}`" : option.IsRequired ? "*required*" : "";

    private static string Effect(OptionDefinition option) => option.Effect switch
    {
        OptionEffect.Live when option.IsInFile => "live",
        OptionEffect.RestartNeeded => "after a restart",
        _ => "",
    };

    private static string Title(OptionGroup group) => group switch
    {
        OptionGroup.Core => "Core",
        OptionGroup.WebSocket => "WebSocket tuning",
        OptionGroup.Tls => "TLS",
        _ => "More",
    };

    private static string Escape(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal);
}
