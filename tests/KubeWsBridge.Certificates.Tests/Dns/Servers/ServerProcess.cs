using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>A real server in a folder of its own, on 127.0.0.1, for as long as a test needs it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private ServerProcess(Process process, string folder)
    {
        _process = process;
        Folder = folder;
    }

    public string Folder { get; }

    /// <summary>Starts a program and waits until it accepts connections on a port; a missing program fails the test, for tests/run.sh installs all.</summary>
    public static async Task<ServerProcess> StartAsync(string folder, int port, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var server = new ServerProcess(Process.Start(start)!, folder);
        server._process.OutputDataReceived += (_, line) => server.Log(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Log(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await server.WaitForPortAsync(port);
        return server;
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("kwb-dns-").FullName;

    /// <summary>A port that is free for UDP and TCP at once.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            try
            {
                using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has the port for UDP; the next one may be free for both.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task WaitForPortAsync(int port)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (_process.HasExited || deadline.IsCancellationRequested)
                throw new InvalidOperationException($"{_process.StartInfo.FileName} is not there on port {port}:\n{Text()}");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }

    private void Log(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
    }

    private string Text()
    {
        lock (_log)
            return _log.ToString();
    }
}
