namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>The zones that test servers have.</summary>
public static class ZoneFiles
{
    public const string Example = """
        $TTL 60
        @ IN SOA ns1 hostmaster 1 3600 600 86400 5
        @ IN NS ns1
        ns1 IN A 127.0.0.1
        www IN A 192.0.2.1
        _acme-challenge.foreign IN TXT "somebody's own; with \"quotes\""
        _acme-challenge.alias IN CNAME alias.delegated.test.
        _acme-challenge.circle IN CNAME circle
        circle IN CNAME _acme-challenge.circle
        """;

    public const string Other = """
        $TTL 60
        @ IN SOA ns1 hostmaster 1 3600 600 86400 5
        @ IN NS ns1
        ns1 IN A 127.0.0.1
        """;

    public const string Delegated = """
        $TTL 60
        @ IN SOA ns1.example.test. hostmaster 1 3600 600 86400 5
        @ IN NS ns1.example.test.
        """;
}
