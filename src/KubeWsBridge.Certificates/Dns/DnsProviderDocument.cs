namespace KubeWsBridge.Certificates.Dns;

/// <summary>
/// Writes docs/dns-providers.md. A test compares it with the file; <c>KWB_UPDATE_DOCS=1</c> makes the test write the file instead.
/// </summary>
internal static class DnsProviderDocument
{
    private const string Rules = """
        # DNS providers

        This page is made from the table of providers; change the table (`src/KubeWsBridge.Certificates/Dns/Providers`), not the page.

        DNS-01 challenges are answered by TXT records, which a provider adds and removes one value at a time; values of others at the same name stay.
        Name it with `--tls-dns-provider NAME` and tell it what it needs with `--tls-dns-param key=value`, once for each parameter. Try both without
        an authority:

        ```
        kubewsbridge dns test --tls-dns-provider rfc2136 --tls-dns-param server=ns1.example.com \
          --tls-dns-param key_name=acme --tls-dns-param key_file=/run/secrets/tsig example.com
        ```

        It adds a record at `_acme-challenge.example.com`, waits until all name servers show it, and removes it again.

        * **Files:** every parameter can be read from a file: `key_file=path` instead of `key=value`. Blanks around the value are cut off.
        * **YAML and environment:** `tlsDnsParams` is a list of the same pairs; so is `WSS_CONFIG_TLS_DNS_PARAMS`, separated by spaces or commas.
        * **Variables:** the variables in the last column, known from lego, are read when a parameter is not given, `VARIABLE_FILE` too. Their names also work as
          keys. Unlike `WSS_CONFIG_*` they are handed on to the workers, so prefer parameters and files for secrets.
        * **Secrets** are never logged or printed, not even when a provider repeats them in an error.
        * **Time to live:** `--tls-dns-ttl`, raised to the least that the provider takes. Where values of a name share one, that of the others stays.
        * **Zones** are found by looking for the nearest SOA record, at the resolvers of `--tls-resolvers` or the system's. A `_acme-challenge` that is a CNAME is followed,
          so it can point into a zone of another provider; `--tls-dns-challenge-override-domain` names the place outright.
        * **Propagation:** after `--tls-propagation-delay` every name server of the zone is asked until it shows the record, for `--tls-propagation-timeout` at most; 0 does
          not ask. A name server that is also given as `HOST:PORT` in `--tls-resolvers` is asked at that port.
        * **Limits:** when a provider answers "too many requests", it is asked again after the time it names, five times at most and never after more than a minute.

        | Provider | Name | Parameters |
        |---|---|---|

        """;

    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var page = new StringWriter { NewLine = "\n" };
        page.Write(Rules.ReplaceLineEndings("\n"));
        foreach (var definition in DnsProviderTable.All)
            page.WriteLine($"| {definition.Title} | `{definition.Name}` | {string.Join(", ", definition.Parameters.Select(Short))} |");
        foreach (var definition in DnsProviderTable.All)
            Write(page, definition);
        return page.ToString();
    }

    private static void Write(StringWriter page, DnsProviderDefinition definition)
    {
        page.WriteLine();
        page.WriteLine($"## {definition.Title}");
        page.WriteLine();
        page.WriteLine($"`--tls-dns-provider {definition.Name}` · [its documentation]({definition.Documentation})"
            + (definition.MinimumTtl > TimeSpan.Zero ? $" · times to live of {definition.MinimumTtl.TotalSeconds:0} s and more" : ""));
        page.WriteLine();
        page.WriteLine(definition.Remark);
        page.WriteLine();
        page.WriteLine("| Parameter | Default | Meaning | Variables |");
        page.WriteLine("|---|---|---|---|");
        foreach (var parameter in definition.Parameters)
            page.WriteLine($"| `{parameter.Key}` | {Fallback(parameter)} | {parameter.Meaning}{(parameter.IsSecret ? " *Secret.*" : "")} | {Variables(parameter)} |");
    }

    private static string Short(DnsProviderParameter parameter) => parameter.IsRequired ? $"`{parameter.Key}`" : $"[`{parameter.Key}`]";

    private static string Fallback(DnsProviderParameter parameter) =>
        parameter.Default is { } text ? $"`{text}`" : parameter.IsRequired ? "*required*" : "";

    private static string Variables(DnsProviderParameter parameter) => string.Join(", ", parameter.Variables.Select(variable => $"`{variable}`"));
}
