using System.Text;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>Requests and readings the launcher's tests share.</summary>
internal static class Launches
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> PlainEnvironment = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    public static LaunchRequest Request(string executable, params string[] arguments) => new()
    {
        SessionId = "test",
        Executable = executable,
        Arguments = arguments,
        Environment = PlainEnvironment,
    };

    public static LaunchRequest Shell(string script) => Request("/bin/sh", "-c", script);

    public static ValueTask<IWorker> RunAsync(this ILauncher launcher, LaunchRequest request) => launcher.LaunchAsync(request, CancellationToken.None);

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

    /// <summary>Reads up to the first newline, byte by byte, so that nothing after it is taken.</summary>
    public static async Task<string> ReadLineAsync(this Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one).AsTask().WaitAsync(Patience) == 1 && one[0] != '\n')
            line.Append((char)one[0]);

        return line.ToString();
    }
}
