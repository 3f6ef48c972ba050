namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>BIND's named, the authority for example.test, other.test and delegated.test.</summary>
public sealed class BindServer : IAsyncLifetime, IUpdateServer
{
    private ServerProcess? _server;

    public int Port { get; private set; }

    /// <summary>Whether it also resolves, and so follows an alias from one of its zones to another, as an authority's resolver does.</summary>
    public bool Resolves { get; init; }

    public async Task InitializeAsync()
    {
        Port = ServerProcess.FreePort();
        var folder = ServerProcess.NewFolder();
        File.WriteAllText(Path.Combine(folder, "example.zone"), ZoneFiles.Example + "\n");
        File.WriteAllText(Path.Combine(folder, "other.zone"), ZoneFiles.Other + "\n");
        File.WriteAllText(Path.Combine(folder, "delegated.zone"), ZoneFiles.Delegated + "\n");
        var keys = string.Concat(TestKeys.Algorithms.Select(algorithm =>
            $"key \"{TestKeys.Name(algorithm)}\" {{ algorithm {algorithm}; secret \"{TestKeys.Secret(algorithm)}\"; }};\n"));
        var grants = string.Concat(TestKeys.Algorithms.Select(algorithm => $"grant {TestKeys.Name(algorithm)} zonesub TXT; "));
        var configuration = Path.Combine(folder, "named.conf");
        File.WriteAllText(configuration, $$"""
            {{keys}}
            options {
              directory "{{folder}}";
              pid-file "{{folder}}/named.pid";
              session-keyfile none;
              listen-on port {{Port}} { 127.0.0.1; };
              listen-on-v6 { none; };
              recursion {{(Resolves ? "yes" : "no")}};
              dnssec-validation no;
            };
            controls { };
            zone "example.test" { type primary; file "example.zone"; update-policy { {{grants}} }; };
            zone "delegated.test" { type primary; file "delegated.zone"; update-policy { {{grants}} }; };
            zone "other.test" { type primary; file "other.zone"; };
            """);
        _server = await ServerProcess.StartAsync(folder, Port, "/usr/sbin/named", "-g", "-n", "1", "-c", configuration);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
