using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Starts fork servers and waits until they have loaded what they are to load.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ForkServerProcess(
    ForkPlan plan, string source, ForkServerOrigin origin, ControlSocket control, ForkServerLines lines, LauncherContext context)
{
    /// <summary>The pipe in the directory to which a server's own output goes.</summary>
    public const string LogName = "server.log";

    private const string LogVariable = "KWB_FORK_LOG";

    // Last words take another way than the news of the end, and may come later.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts one.</summary>
    /// <returns>The server and its process, or why there is none.</returns>
    public async Task<(ForkServer? Server, IWorker? Process, string Failure)> StartAsync(CancellationToken cancellationToken)
    {
        IWorker? process = null;
        try
        {
            process = StartProcess();
            Relay(process.Output);
            Relay(process.Errors);

            // However long it takes to load its files: until then there is no server, which is no harm.
            var accepting = control.AcceptAsync(cancellationToken);
            if (await Task.WhenAny(accepting, process.Exited) == accepting
                && await ForkServer.GreetAsync(origin, await accepting, cancellationToken) is { } server)
                return (server, process, "");

            await Task.Delay(LastWords, context.Time, cancellationToken);
            var end = process.Exited.IsCompleted ? $"it ended with {await process.Exited}" : "it does not speak as one";
            await process.DisposeAsync();
            return (null, null, lines.TakeLast() is { } last ? $"{end}, and its last words were: {last}" : end);
        }
        catch (Exception exception) when (exception is LaunchException or IOException or OperationCanceledException)
        {
            await (process?.DisposeAsync() ?? default);
            return (null, null, exception.Message.TrimEnd('.'));
        }
    }

    private IWorker StartProcess()
    {
        using var input = File.OpenHandle(source);
        return context.Processes.Start(new ProcessStart
        {
            Launcher = ForkLauncherFactory.LauncherName,
            Executable = plan.Executable,
            Arguments = [.. plan.PhpArguments, "--", origin.Directory, .. plan.Preload is { } preload ? [preload] : Array.Empty<string>()],
            Environment = new Dictionary<string, string>(context.Environment) { [LogVariable] = Path.Join(origin.Directory, LogName) },
            WorkingDirectory = plan.WorkingDirectory,
            Input = input,
            EndSignal = Libc.SigTerm, // it has to end its workers, which have groups of their own
        });
    }

    private void Relay(Stream output) => _ = ErrorLineRelay.RunAsync(output, lines, context.Time, CancellationToken.None);
}
