using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>A real PHP-FPM with the pool of docs/examples, in a folder of its own, ended with the test.</summary>
public sealed partial class FpmServer : IAsyncDisposable
{
    private static readonly string Program =
        File.Exists("/usr/sbin/php-fpm8.2") ? "/usr/sbin/php-fpm8.2" : Peers.Find("php-fpm8.2", "apt-get install php8.2-fpm");

    private readonly Scratch _scratch = new();
    private readonly string _configuration;
    private Process? _process;

    private FpmServer(int workers, bool tcp, string more)
    {
        Address = tcp ? $"127.0.0.1:{FreePort()}" : "unix:" + _scratch.File("fpm.sock");
        _configuration = _scratch.File("php-fpm.conf");
        File.WriteAllText(_configuration, $"""
            [global]
            error_log = {_scratch.File("fpm.log")}
            daemonize = no
            process_control_timeout = 40s
            {Pool(workers)}
            {more}
            """);
    }

    /// <summary>Where it listens, as --fastcgi-address wants it.</summary>
    public string Address { get; }

    /// <summary>The master's process id.</summary>
    public int Id => _process!.Id;

    /// <summary>The pool's workers.</summary>
    public IReadOnlyList<int> Workers => ProcessTable.Children(Id);

    /// <summary>What it logged so far.</summary>
    public string Log => File.ReadAllText(_scratch.File("fpm.log"));

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<FpmServer> StartAsync(int workers = 8, bool tcp = false, string more = "")
    {
        var server = new FpmServer(workers, tcp, more);
        await server.StartAsync();
        return server;
    }

    /// <summary>Asks the pool for a page, as a web server does.</summary>
    public Task<FpmAnswer> GetAsync(string script, string query = "") => FpmAnswer.GetAsync(Address, script, query);

    /// <summary>How many workers the status page says are idle, the one that makes it among them.</summary>
    public async Task<int> IdleAsync()
    {
        var answer = await GetAsync("/status", "json");
        return int.Parse(IdleProcesses().Match(answer.Body).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) + 1;
    }

    /// <summary>Waits until so many workers are idle.</summary>
    public async Task HasIdleAsync(int count)
    {
        var idle = -1;
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (idle != count)
        {
            Assert.False(patience.IsCancellationRequested, $"{idle} workers are idle, not {count}.");
            idle = await IdleAsync();
        }
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        // Root has to be allowed; anybody else's user and group lines are not looked at.
        string[] arguments = ["--nodaemonize", "--fpm-config", _configuration, .. Environment.UserName == "root" ? ["--allow-to-run-as-root"] : Array.Empty<string>()];
        _process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await Eventually.IsTrueAsync(() => _process.HasExited || IsListening(), () => "PHP-FPM does not listen.");
        Assert.False(_process.HasExited, File.Exists(_scratch.File("fpm.log")) ? Log : "PHP-FPM did not start.");
    }

    /// <summary>Stops it at once, whatever its workers do.</summary>
    public async Task StopAsync()
    {
        Signal(Id, 15);
        await _process!.WaitForExitAsync().WaitAsync(RawClient.Patience);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Lets it read its configuration again (SIGUSR2), which replaces its workers.</summary>
    public void Reload() => Signal(Id, 12);

    /// <summary>Ends a process of it with SIGKILL.</summary>
    public static void Kill(int id) => Signal(id, 9);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopAsync();
        _scratch.Dispose();
    }

    private string Pool(int workers)
    {
        var pool = File.ReadAllText(Path.Combine(Repository.Root, "docs/examples/php-fpm-ws.conf"));
        var user = Environment.UserName;
        foreach (var (name, value) in new[]
        {
            ("user", user), ("group", user), ("listen", Address.Replace("unix:", "", StringComparison.Ordinal)), ("listen.owner", user),
            ("listen.group", user), ("pm.max_children", $"{workers}"),
        })
            pool = Regex.Replace(pool, $"^{Regex.Escape(name)} = .*$", $"{name} = {value}", RegexOptions.Multiline);
        return pool;
    }

    private bool IsListening()
    {
        try
        {
            using var socket = FpmAnswer.Connect(Address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Signal(int id, int number) => _ = Native.Kill(id, number);

    [GeneratedRegex("\"idle processes\":([0-9]+)")]
    private static partial Regex IdleProcesses();
}
