using System.Diagnostics;

namespace KubeWsBridge.Behaviour.PeerClients;

/// <summary>A client in another language. It plays one scenario by itself, and says ok or what went wrong.</summary>
public static class PeerProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Fails the test unless the client is content.</summary>
    public static async Task PlayAsync(string peer, string url, string scenario)
    {
        var (program, script) = Command(peer);
        var (status, said) = await RunAsync(program, script, url, scenario);
        Assert.True(status == 0 && said.Trim() == "ok", $"{peer}, {scenario}: status {status}\n{said}");
    }

    private static (string Program, string Script) Command(string peer) => peer switch
    {
        "node ws" when Directory.Exists(PeerFolder.File("node", "node_modules", "ws")) => (Node(), PeerFolder.File("node", "ws.js")),
        "node ws" => throw new FileNotFoundException($"The tests need the npm package 'ws'. Run 'npm ci' in {PeerFolder.File("node")} (tests/run.sh does)."),
        "node http2" => (Node(), PeerFolder.File("node", "http2.js")),
        "python3-websockets" => (PythonWithWebSockets.Path, PeerFolder.File("client.py")),
        _ => throw new ArgumentOutOfRangeException(nameof(peer), peer, null),
    };

    private static string Node() => Fixtures.Peers.Find("node", "apt-get install nodejs npm");

    /// <summary>Runs a program to its end; gives its exit status and all it wrote.</summary>
    public static Task<(int Status, string Said)> RunAsync(string program, params string[] arguments) => RunAsync(Patience, program, arguments);

    /// <summary>The same, for programs that take their time.</summary>
    public static Task<(int Status, string Said)> RunAsync(TimeSpan patience, string program, params string[] arguments) =>
        RunAsync(patience, program, new Dictionary<string, string>(), arguments);

    /// <summary>The same, with variables of their own.</summary>
    public static async Task<(int Status, string Said)> RunAsync(
        TimeSpan patience, string program, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"{string.Join(' ', arguments)} did not end: {string.Concat(await said)}");
        }

        return (process.ExitCode, string.Concat(await said));
    }
}
