using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>The real program, started with the given arguments on free ports and ended with the test.</summary>
public sealed partial class BridgeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<(string Host, int Port, int WorkerPort)> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _logEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _logGrew = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BridgeProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.OutputDataReceived += (_, line) => Output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>The program under test: KWB_PROGRAM names another build, for example the AOT one.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("KWB_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "kubewsbridge");

    /// <summary>Lines of stdout.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    /// <summary>The port for clients.</summary>
    public int Port { get; private set; }

    /// <summary>The port for workers; 0 when they have a unix socket.</summary>
    public int WorkerPort { get; private set; }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Everything logged so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>ws://127.0.0.1:port</summary>
    public string Url => $"ws://127.0.0.1:{Port}";

    /// <summary>Starts it with a PHP handler of the Handlers folder, on loopback and free ports.</summary>
    public static Task<BridgeProcess> StartAsync(string handler, params string[] arguments) =>
        StartAsync(["--php-executable", PhpPath, "--script", Handler(handler), .. arguments]);

    /// <summary>Starts it with a route for every handler (<see cref="HandlerRoutes"/>), on loopback and free ports.</summary>
    public static Task<BridgeProcess> StartWithHandlersAsync(params string[] arguments) =>
        StartAsync(["--config", HandlerRoutes.Write(), .. arguments]);

    /// <summary>Starts it with exactly these arguments and <c>--ws-host 127.0.0.1 --ws-port 0</c>.</summary>
    public static async Task<BridgeProcess> StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var bridge = Launch(["--ws-host", "127.0.0.1", "--ws-port", "0", .. arguments], environment);
        return await ListeningAsync(bridge);
    }

    /// <summary>Starts it like the others, with a limit of open files (ulimit -n).</summary>
    public static Task<BridgeProcess> StartLimitedAsync(int openFiles, IEnumerable<string> arguments)
    {
        string[] limited = ["-c", $"ulimit -n {openFiles} && exec \"$0\" \"$@\"", Program, "--ws-host", "127.0.0.1", "--ws-port", "0", .. arguments];
        return ListeningAsync(Launch("/bin/sh", limited, null));
    }

    private static async Task<BridgeProcess> ListeningAsync(BridgeProcess bridge)
    {
        var either = Task.WhenAny(bridge._listening.Task, bridge._process.WaitForExitAsync());
        if (await Task.WhenAny(either, Task.Delay(Patience)) != either)
        {
            bridge._process.Kill();
            throw new TimeoutException($"The bridge does not listen:\n{bridge.Log}");
        }

        var first = await either;
        if (first != bridge._listening.Task)
        {
            await bridge._logEnded.Task;
            throw new InvalidOperationException($"The bridge ended with {bridge._process.ExitCode} instead of listening:\n{bridge.Log}");
        }

        (_, bridge.Port, bridge.WorkerPort) = await bridge._listening.Task;
        return bridge;
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public static BridgeProcess Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Launch(Program, arguments, environment);

    private static BridgeProcess Launch(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        // Shells start background jobs with SIGINT ignored, and programs keep it so: without env a test of SIGINT would depend on who runs the tests.
        var info = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT,TERM", program, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        info.Environment.Remove("KWB_PROGRAM"); // the tests', and workers' environments are looked at
        // Many bridges run at a time here; a test that wants the operator's port asks for one of its own.
        info.Environment["WSS_CONFIG_MANAGEMENT_ADDRESS"] = "off";
        // The one place that pins a launcher: users get "auto", so fork, but process is at work from the first session on and needs no waiting. What is
        // true of every launcher can be run with another, WSS_CONFIG_LAUNCHER=fork for example; what differs is the launcher suite's.
        info.Environment.TryAdd("WSS_CONFIG_LAUNCHER", "process");
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            info.Environment[key] = value;
        return new BridgeProcess(new Process { StartInfo = info });
    }

    /// <summary>A file of the Handlers folder.</summary>
    public static string Handler(string name) => Path.Combine(AppContext.BaseDirectory, "Handlers", name);

    /// <summary>The PHP command line interpreter.</summary>
    public static string PhpPath { get; } = Peers.Find("php", "apt-get install php8.2-cli");

    /// <summary>Waits until a logged line matches, and returns the first that does.</summary>
    /// <param name="pattern">A regular expression.</param>
    /// <param name="since">Lines of before, by the time they begin with, do not count.</param>
    public async Task<string> LoggedAsync(string pattern, DateTimeOffset? since = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var grew = _logGrew.Task;
            if (_log.FirstOrDefault(line => Regex.IsMatch(line, pattern) && (since is null || TimeOf(line) >= since)) is { } line)
                return line;
            try
            {
                await grew.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Nothing logged matches '{pattern}':\n{Log}");
            }
        }
    }

    private static DateTimeOffset TimeOf(string line) =>
        DateTimeOffset.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How many logged lines match now.</summary>
    public int CountLogged(string pattern) => _log.Count(line => Regex.IsMatch(line, pattern));

    /// <summary>Sends a signal to the program alone.</summary>
    public void Signal(int number) => _ = Kill(_process.Id, number);

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _logEnded.Task.WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end with SIGTERM and returns the exit code.</summary>
    public Task<int> StopAsync()
    {
        Signal(15);
        return ExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The second signal hurries it. On the heels of the first it would be the same one (signal(7)), so it is sent until one has had an effect.
            var ended = _process.WaitForExitAsync();
            using var patience = new CancellationTokenSource(Patience);
            do
            {
                if (patience.IsCancellationRequested)
                {
                    _process.Kill();
                    throw new TimeoutException($"The bridge did not end after many SIGTERMs:\n{Log}");
                }

                Signal(15);
            }
            while (await Task.WhenAny(ended, Task.Delay(Again)) != ended);
        }

        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            _logEnded.TrySetResult();
            return;
        }

        _log.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } match)
            _listening.TrySetResult((match.Groups[1].Value, Number(match.Groups[2]), match.Groups[3].Success ? Number(match.Groups[3]) : 0));
        Interlocked.Exchange(ref _logGrew, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

        static int Number(Group group) => int.Parse(group.ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"listening on wss?://(\S+):(\d+); workers connect back to (?:unix:\S+|\S+:(\d+))")]
    private static partial Regex ListeningLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
