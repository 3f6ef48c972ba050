using System.Diagnostics;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Packaging.Tools;

/// <summary>A build of the program that runs with the echo example on free ports of loopback, and ends with the test.</summary>
public sealed partial class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private RunningProgram(Process process) => _process = process;

    /// <summary>Where clients connect.</summary>
    public int Port { get; private set; }

    /// <summary>Where the operator looks: host and port.</summary>
    public string Operators { get; private set; } = "";

    /// <summary>Asserts that a build serves an echo, and ends well when it is asked to.</summary>
    public static async Task EchoesAsync(string program, IEnumerable<string>? before = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var running = await StartAsync(program, before, environment);
        using (var client = await EchoClient.ConnectAsync(running.Port))
            Assert.Equal("hello", await client.EchoAsync("hello"));
        Assert.Equal(0, await running.StopAsync());
    }

    /// <summary>Starts a build and waits until it listens.</summary>
    /// <param name="program">The program, or one that starts it.</param>
    /// <param name="before">Arguments that are for the one that starts it.</param>
    /// <param name="environment">More environment.</param>
    public static async Task<RunningProgram> StartAsync(
        string program, IEnumerable<string>? before = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program, [
            .. before ?? [],
            "--php-executable", Peers.Find("php", "apt-get install php8.2-cli"), "--script", Path.Combine(Repository.Root, "src", "php", "examples", "echo.php"),
            "--ws-host", "127.0.0.1", "--ws-port", "0", "--management-address", "127.0.0.1:0", "--launcher", "process"])
        {
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            info.Environment[name] = value;
        var running = new RunningProgram(Process.Start(info)!);
        using var patience = new CancellationTokenSource(Patience);
        while (running.Port == 0 || running.Operators.Length == 0)
            running.Read(await running._process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The bridge ended."));
        _ = running._process.StandardError.ReadToEndAsync(CancellationToken.None);
        return running;
    }

    /// <summary>Asks it to end, and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        (await Command.RunAsync("/bin/kill", "-TERM", $"{_process.Id}")).Succeeded();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string line)
    {
        if (Clients().Match(line) is { Success: true } clients)
            Port = int.Parse(clients.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        else if (Operator().Match(line) is { Success: true } operators)
            Operators = operators.Groups[1].Value;
    }

    [GeneratedRegex(@"listening on ws://\S+:(\d+);")]
    private static partial Regex Clients();

    [GeneratedRegex(@"http://(127\.0\.0\.1:\d+)")]
    private static partial Regex Operator();
}
