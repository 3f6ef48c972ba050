using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Waits for fork servers that somebody else starts, in another container for example, to come to a directory that both share.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ForeignForkHost(string directory, LauncherContext context) : ForkHost(context)
{
    // The socket that listens, and the connections of a server and of its successor.
    private const int Descriptors = 3;

    private const UnixFileMode OnlyUs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly RestartDelay _delay = new();

    /// <summary>Down without a server: who keeps PHP elsewhere has at best another PHP here, and in an image with the bridge alone none at all.</summary>
    public override LauncherHealth Health =>
        Current is not null ? base.Health : new LauncherHealth(base.Health.Problem ?? $"No fork server has come to {directory} yet. {Advice}", IsDown: true);

    private string Advice => $"Start it as this user: php fork-server.php {directory}";

    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        HoldDescriptors(Descriptors);
        while (!Stopping.IsCancellationRequested)
        {
            var delay = _delay.After(TimeSpan.Zero);
            try
            {
                Directory.CreateDirectory(directory, OnlyUs);
                using var control = ControlSocket.Listen(directory, Context.Time);
                Fail($"none has come to {directory} yet", Advice, hasServed: false, TimeSpan.Zero);
                await WelcomeAsync(new ForkServerOrigin(directory, SharesProcesses: false, MaxChildren: 0, () => Spares, Context.Time, Context.Logger), control);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Who listened there before us, by a former configuration perhaps, may be about to go.
                Fail(exception.Message, "Correct --fork-server-dir.", hasServed: false, delay);
                await Task.Delay(delay, Context.Time, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WelcomeAsync(ForkServerOrigin origin, ControlSocket control)
    {
        while (!Stopping.IsCancellationRequested)
        {
            var accepting = control.AcceptAsync(Stopping);
            if (await Task.WhenAny(accepting, Stopped) != accepting || !accepting.IsCompletedSuccessfully
                || await ForkServer.GreetAsync(origin, await accepting, Stopping) is not { } server)
                continue;
            Employ(server, () => TellEndAsync(server));
            _ = TellOutdatedAsync(server);
        }
    }

    private async Task TellOutdatedAsync(ForkServer server)
    {
        if (await Task.WhenAny(server.Lost, server.Outdated) == server.Outdated)
            ForkLog.OutdatedElsewhere(Context.Logger, directory, await server.Outdated);
    }

    private async ValueTask TellEndAsync(ForkServer server)
    {
        var reason = await server.Lost;
        if (!Stopping.IsCancellationRequested && Current is null)
            Fail(reason, Advice, hasServed: true, TimeSpan.Zero);
    }
}
