using System.Diagnostics;
using System.Runtime.InteropServices;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Fuzz.Scenarios;

namespace KubeWsBridge.Fuzz.Bridges;

/// <summary>One running bridge with the fuzz worker behind it; it ends with this process, however that ends.</summary>
internal sealed partial class RunningBridge : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Deadlines are long because none of the cases is about them and the machine may be busy; connections are many because cases may overlap.
    private static readonly string[] Settings =
    [
        "--ws-host", "127.0.0.1", "--ws-port", "0", "--management-address", "off", "--heartbeat-interval", "0", "--tail-timeout", "10s", "--close-timeout", "8s",
        "--header-timeout", "30s", "-M", "2000", "-m", "2000", "--max-payload-size", $"{Sizes.Limit}",
    ];

    private readonly Process _process;
    private IReadOnlyList<int> _atRest = [];

    /// <summary>Starts it; call this on the main thread, because the kernel ends it when the thread that started it ends.</summary>
    /// <param name="name">In reports.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">For the witness's socket.</param>
    public RunningBridge(string name, IReadOnlyList<string> command, string folder)
    {
        (Name, Witness) = (name, new Witness(Path.Combine(folder, $"{name}.sock")));
        string[] worker = ["--php-executable", "perl", "--script", Path.Combine(AppContext.BaseDirectory, "worker.pl")];
        var info = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", .. command, .. Settings, .. worker]) { RedirectStandardError = true };
        info.Environment["FUZZ_WITNESS"] = Witness.Path;
        _process = new Process { StartInfo = info };
        _process.ErrorDataReceived += (_, line) => Log.Add(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>In reports.</summary>
    public string Name { get; }

    /// <summary>What its workers tell.</summary>
    public Witness Witness { get; }

    /// <summary>What it logs.</summary>
    public BridgeLog Log { get; } = new();

    /// <summary>The port for clients.</summary>
    public int Port { get; private set; }

    /// <summary>Its end, when it came by itself.</summary>
    public bool IsDead => _process.HasExited;

    /// <summary>Waits until it listens.</summary>
    public async Task ListenAsync() => Port = await Log.Port.WaitAsync(Patience);

    /// <summary>Remembers what it holds now that it is warm and nobody is connected.</summary>
    public async Task RestAsync()
    {
        await CalmAsync(() => Children() == 0);
        await Task.Delay(200); // what the last session held is given back
        _atRest = Holding();
    }

    /// <summary>Waits until it holds no more than then; returns what it still holds in vain.</summary>
    public async Task<string?> LeftoversAsync() =>
        await CalmAsync(() => IsDead || (Children() == 0 && Holding().Zip(_atRest).All(pair => pair.First <= pair.Second))) || IsDead
            ? null
            : $"{Name} holds {Children()} children; sockets, pipes, others: {string.Join(", ", Holding())}, at rest {string.Join(", ", _atRest)}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, 15);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
        await Witness.DisposeAsync();
    }

    private static async Task<bool> CalmAsync(Func<bool> isCalm)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isCalm())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                return false;
            await Task.Delay(20);
        }

        return true;
    }

    private int Children() => ProcessTable.Children(_process.Id).Count;

    private IReadOnlyList<int> Holding()
    {
        var descriptors = ProcessTable.Descriptors(_process.Id);
        var (sockets, pipes) = (descriptors.Count(kind => kind == "socket"), descriptors.Count(kind => kind == "pipe"));
        return [sockets, pipes, descriptors.Count(kind => kind == "anon_inode")];
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
