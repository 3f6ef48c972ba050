using System.Diagnostics;

namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>PowerDNS with its zones in SQLite, and its HTTP interface.</summary>
public sealed class PowerDnsServer : IAsyncLifetime
{
    public const string ApiKey = "a-key-for-tests";

    private const string Schema = "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql";

    private ServerProcess? _server;

    public int Port { get; private set; }

    public int ApiPort { get; private set; }

    public async Task InitializeAsync()
    {
        (Port, ApiPort) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        var folder = ServerProcess.NewFolder();
        File.WriteAllText(Path.Combine(folder, "pdns.conf"), $"""
            launch=gsqlite3
            gsqlite3-database={folder}/zones.sqlite3
            local-address=127.0.0.1
            local-port={Port}
            socket-dir={folder}
            api=yes
            api-key={ApiKey}
            webserver=yes
            webserver-address=127.0.0.1
            webserver-port={ApiPort}
            webserver-allow-from=127.0.0.1
            security-poll-suffix=
            cache-ttl=0
            query-cache-ttl=0
            negquery-cache-ttl=0
            zone-cache-refresh-interval=0
            """);
        await RunAsync("/usr/bin/sqlite3", Path.Combine(folder, "zones.sqlite3"), $".read {Schema}");
        await RunAsync("/usr/bin/pdnsutil", "--config-dir=" + folder, "create-zone", "example.test", "ns1.example.test");
        await RunAsync("/usr/bin/pdnsutil", "--config-dir=" + folder, "add-record", "example.test", "ns1", "A", "60", "127.0.0.1");
        await RunAsync("/usr/bin/pdnsutil", "--config-dir=" + folder, "add-record", "example.test", "_acme-challenge.foreign", "TXT", "77", "\"somebody's own\"");
        _server = await ServerProcess.StartAsync(folder, ApiPort, "/usr/sbin/pdns_server", "--config-dir=" + folder, "--daemon=no", "--guardian=no");
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var texts = await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {string.Concat(texts)}");
    }
}
