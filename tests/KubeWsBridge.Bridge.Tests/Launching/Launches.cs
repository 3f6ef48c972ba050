using System.Text;
using KubeWsBridge.Bridge.Launching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>Requests and readings the launcher's tests share.</summary>
internal static class Launches
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> PlainEnvironment = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    public static ProcessStart Request(string executable, params string[] arguments) => new()
    {
        Executable = executable,
        Arguments = arguments,
        Environment = PlainEnvironment,
    };

    public static ProcessStart Shell(string script) => Request("/bin/sh", "-c", script);

    public static ValueTask<IWorker> RunAsync(this IProcessStarter starter, ProcessStart start) => new(starter.Start(start));

    public static async Task<string> ReadAllAsync(this Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    /// <summary>A read of a worker that is disposed sees the pipe's end or the disposal, whichever comes first.</summary>
    public static async Task EndsAsync(this Task<int> read)
    {
        try
        {
            Assert.Equal(0, await read.WaitAsync(Patience));
        }
        catch (ObjectDisposedException)
        {
        }
    }

    /// <summary>
    /// Writes a file and sets its mode, in another process: if this one held it open for writing, a child that another test is just
    /// starting would hold it too, and executing it would fail with ETXTBSY.
    /// </summary>
    public static async Task CreateFileAsync(string path, string content, string mode)
    {
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", "printf %s \"$1\" > \"$0\" && chmod \"$2\" \"$0\"", path, content, mode]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>Reads up to the first newline, byte by byte, so that nothing after it is taken.</summary>
    public static async Task<string> ReadLineAsync(this Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one).AsTask().WaitAsync(Patience) == 1 && one[0] != '\n')
            line.Append((char)one[0]);

        return line.ToString();
    }

    /// <summary>What launchers of a test share.</summary>
    public static LauncherContext Context(ILogger? logger = null, TimeProvider? time = null) => new()
    {
        Processes = ProcessStarter.Create(logger),
        Environment = PlainEnvironment,
        Logger = logger ?? NullLogger.Instance,
        Time = time ?? TimeProvider.System,
    };
}
