using System.Diagnostics;
using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>A PHP-FPM with one static pool on a unix socket, as docs/fastcgi.md wants it.</summary>
internal sealed class PhpFpm : IDisposable
{
    /// <summary>How it comes onto a Debian machine.</summary>
    public const string Install = "apt-get install php8.2-fpm";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ChildProcess _process;

    /// <summary>Starts it and waits until it listens.</summary>
    public PhpFpm(string folder, int workers)
    {
        var (socket, file) = (Path.Combine(folder, "fpm.sock"), Path.Combine(folder, "fpm.conf"));
        Address = "unix:" + socket;
        File.WriteAllText(file, $"""
            [global]
            error_log = {folder}/fpm.log
            daemonize = no
            [ws]
            user = {Environment.UserName}
            group = {Environment.UserName}
            listen = {socket}
            listen.backlog = 511
            pm = static
            pm.max_children = {workers}
            request_terminate_timeout = 0
            php_admin_value[max_execution_time] = 0
            php_admin_value[output_buffering] = 0
            """);
        string[] asRoot = Environment.UserName == "root" ? ["--allow-to-run-as-root"] : [];
        _process = new ChildProcess([Program!, "--nodaemonize", "--fpm-config", file, .. asRoot], folder);
        for (var begin = Stopwatch.GetTimestamp(); !File.Exists(socket); Thread.Sleep(5))
        {
            if (Stopwatch.GetElapsedTime(begin) < Patience)
                continue;
            _process.Dispose();
            throw new BenchmarkException("PHP-FPM does not listen");
        }
    }

    /// <summary>The program; null when it is not installed.</summary>
    public static string? Program { get; } = Programs.Find("php-fpm8.2") ?? Programs.Find("php-fpm");

    /// <summary>Where it listens, as --fastcgi-address wants it.</summary>
    public string Address { get; }

    /// <summary>Processor time of the master and all workers there are and were.</summary>
    public TimeSpan Cpu =>
        ProcFiles.Tree(_process.Id).Select(ProcFiles.Cpu).Aggregate(TimeSpan.Zero, (sum, times) => sum + times.Own + times.Reaped);

    /// <summary>Memory of all its processes in bytes; what they share counts once.</summary>
    public long Pss => ProcFiles.Tree(_process.Id).Sum(ProcFiles.Pss);

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
