using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>A real nginx with the site of docs/examples, in a folder of its own, ended with the test.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private static readonly string Program =
        File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : Peers.Find("nginx", "apt-get install nginx");

    private readonly Scratch _scratch = new();
    private readonly Process _process;

    private NginxServer(string site, int port)
    {
        Port = port;
        File.WriteAllText(_scratch.File("fastcgi_params"), FastCgiParameters);
        var configuration = _scratch.File("nginx.conf");
        File.WriteAllText(configuration, Configuration(_scratch.Folder, site));
        Check(configuration);
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", configuration]) { RedirectStandardError = true })!;
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts it in front of a bridge and a pool for the site, and waits until it listens.</summary>
    public static async Task<NginxServer> StartAsync(BridgeProcess bridge, FpmServer fpm)
    {
        var port = FreePort();
        var site = Replace(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/examples/nginx-site.conf")),
            ("127.0.0.1:8080", $"127.0.0.1:{bridge.Port}"),
            ("listen 80;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port};")),
            ("/var/www/html", BridgeProcess.Handler("FastCgi/site")),
            ("unix:/run/php/php-fpm.sock", fpm.Address));
        var server = new NginxServer(site, port);
        await Eventually.IsTrueAsync(server.IsListening, () => "nginx does not listen.");
        return server;
    }

    /// <summary>What <c>nginx -t</c> says of a site: its exit code and its words.</summary>
    public static (int Code, string Words) Examine(string site)
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch.File("fastcgi_params"), FastCgiParameters);
        File.WriteAllText(scratch.File("nginx.conf"), Configuration(scratch.Folder, site));
        return Test(scratch.File("nginx.conf"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ = Native.Kill(_process.Id, 15);
        await _process.WaitForExitAsync().WaitAsync(RawClient.Patience);
        _process.Dispose();
        _scratch.Dispose();
    }

    private static string Configuration(string folder, string site) => $$"""
        daemon off;
        master_process off;
        error_log stderr warn;
        pid {{folder}}/nginx.pid;
        events { worker_connections 512; }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            {{site}}
        }
        """;

    // Debian's file of this name, shortened to what the site shows.
    private const string FastCgiParameters = """
        fastcgi_param QUERY_STRING $query_string;
        fastcgi_param REQUEST_METHOD $request_method;
        fastcgi_param SCRIPT_NAME $fastcgi_script_name;
        fastcgi_param REQUEST_URI $request_uri;
        fastcgi_param REMOTE_ADDR $remote_addr;
        """;

    private static string Replace(string text, params (string Old, string New)[] changes)
    {
        foreach (var (old, value) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, value, StringComparison.Ordinal);
        }

        return text;
    }

    private static void Check(string configuration)
    {
        var (code, words) = Test(configuration);
        Assert.True(code == 0, words);
    }

    private static (int Code, string Words) Test(string configuration)
    {
        using var test = Process.Start(new ProcessStartInfo(Program, ["-t", "-c", configuration]) { RedirectStandardError = true })!;
        var words = test.StandardError.ReadToEnd();
        test.WaitForExit();
        return (test.ExitCode, words);
    }

    private bool IsListening()
    {
        Assert.False(_process.HasExited, "nginx has ended.");
        try
        {
            using var tcp = new TcpClient();
            tcp.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
