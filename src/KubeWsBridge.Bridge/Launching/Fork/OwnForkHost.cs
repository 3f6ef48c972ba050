using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Launching.Php;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Starts a fork server, another when it has ended, and a successor when it is out of date.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OwnForkHost(ForkPlan plan, LauncherContext context) : ForkHost(context)
{
    // The socket that listens, the log's two ends; and a connection, a process and its two pipes of the server and of its successor.
    private const int Descriptors = 3 + 2 * 4;

    private readonly ForkServerLines _lines = new(context.Logger);
    private readonly RestartDelay _delay = new();

    private string Advice => plan.Preload is { } preload
        ? $"Correct --fork-preload {preload}; what PHP says of it is in the lines before this one."
        : "What PHP says is in the lines before this one; --launcher process does without a fork server.";

    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        try
        {
            using var directory = PrivateDirectory.Create();
            using var control = ControlSocket.Listen(directory.Path, Context.Time);
            using var log = Fifo.Create(Path.Join(directory.Path, ForkServerProcess.LogName));
            await using var lines = new PolledPipeStream(log.TakeReadEnd(), EpollLoop.Shared, static () => { });
            var relayed = ErrorLineRelay.RunAsync(lines, _lines, Context.Time, Stopping);
            HoldDescriptors(Descriptors);
            var origin = new ForkServerOrigin(directory.Path, SharesProcesses: true, plan.MaxChildren, () => Spares, Context.Time, Context.Logger);
            await KeepServersAsync(origin, directory, control);
            await relayed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LaunchException)
        {
            Fail(exception.Message, "Let the bridge make directories and unix sockets below TMPDIR.", hasServed: false, TimeSpan.Zero);
        }
    }

    private async Task KeepServersAsync(ForkServerOrigin origin, PrivateDirectory directory, ControlSocket control)
    {
        var starter = new ForkServerProcess(plan, EmbeddedPhp.Write(EmbeddedPhp.ForkServer, directory), origin, control, _lines, Context);
        while (!Stopping.IsCancellationRequested)
        {
            var startedAt = Context.Time.GetTimestamp();
            var (server, process, failure) = await starter.StartAsync(Stopping);
            if (server is not null)
            {
                Employ(server, process!.DisposeAsync);
                if (await Task.WhenAny(server.Lost, server.Outdated, Stopped) == server.Outdated)
                {
                    ForkLog.Replaced(Context.Logger, await server.Outdated);
                    continue; // it goes on until its successor is ready
                }

                failure = server.Lost.IsCompleted ? await server.Lost : "";
            }

            if (Stopping.IsCancellationRequested)
                return;
            var delay = _delay.After(server is null ? TimeSpan.Zero : Context.Time.GetElapsedTime(startedAt));
            Fail(failure, Advice, server is not null, delay);
            await Task.Delay(delay, Context.Time, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
