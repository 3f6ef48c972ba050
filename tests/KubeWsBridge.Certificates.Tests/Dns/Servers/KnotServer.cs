namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>Knot's knotd, the authority for example.test and other.test.</summary>
public sealed class KnotServer : IAsyncLifetime, IUpdateServer
{
    private ServerProcess? _server;

    public int Port { get; private set; }

    public async Task InitializeAsync()
    {
        Port = ServerProcess.FreePort();
        var folder = ServerProcess.NewFolder();
        // Journals go into a directory that must be there.
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        File.WriteAllText(Path.Combine(folder, "example.test.zone"), ZoneFiles.Example + "\n");
        File.WriteAllText(Path.Combine(folder, "other.test.zone"), ZoneFiles.Other + "\n");
        var keys = string.Concat(TestKeys.Algorithms.Select(algorithm =>
            $"  - id: {TestKeys.Name(algorithm)}\n    algorithm: {algorithm}\n    secret: {TestKeys.Secret(algorithm)}\n"));
        var configuration = Path.Combine(folder, "knot.conf");
        File.WriteAllText(configuration, $"""
            server:
                rundir: "{folder}"
                listen: 127.0.0.1@{Port}
                background-workers: 1
                udp-workers: 1
                tcp-workers: 1
            database:
                storage: "{folder}/db"
            log:
              - target: stderr
                any: info
            key:
            {keys}
            acl:
              - id: update
                key: [ {string.Join(", ", TestKeys.Algorithms.Select(TestKeys.Name))} ]
                action: update
            template:
              - id: default
                storage: "{folder}"
                file: "%s.zone"
            zone:
              - domain: example.test
                acl: update
              - domain: other.test

            """);
        _server = await ServerProcess.StartAsync(folder, Port, "/usr/sbin/knotd", "-c", configuration);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
