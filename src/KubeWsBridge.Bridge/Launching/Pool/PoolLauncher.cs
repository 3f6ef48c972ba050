using System.Runtime.Versioning;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>The <c>pool</c> launcher: PHP processes that have started, and loaded a file, before their connection comes.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PoolLauncher(LaunchPlan plan, LauncherContext context, ILauncher fallback) : ILauncher
{
    // A pipe takes 64 KiB at once; who gives it more waits until the other end reads.
    private const int FitsInPipe = 60_000;

    private readonly CancellationTokenSource _stopping = new();
    private volatile WaitingRoom? _room;
    private volatile string? _problem;
    private readonly Lock _lock = new();
    private Task _opening = Task.CompletedTask;
    private Task? _retiring;
    private Task? _closing;

    /// <inheritdoc/>
    public string Name => PoolLauncherFactory.LauncherName;

    /// <inheritdoc/>
    public LauncherHealth Health => (_problem ?? _room?.Problem) is { } problem ? new LauncherHealth(problem) : LauncherHealth.Ready;

    /// <inheritdoc/>
    public void Start() => _opening = Task.Run(OpenAsync);

    /// <inheritdoc/>
    public async ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var variables = default(byte[]);
        while (_room?.TryTake() is { } member)
        {
            variables ??= Encode(request);
            var begun = variables.Length <= FitsInPipe ? member.TryBegin(variables) : await Task.Run(() => member.TryBegin(variables), CancellationToken.None);
            if (begun)
                return member.Worker;
            await member.DisposeAsync();
        }

        return await fallback.LaunchAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Retire() => _ = RetireOnce();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(CloseOnce());

    private Task RetireOnce()
    {
        lock (_lock)
            return _retiring ??= RetireAsync();
    }

    private async Task RetireAsync()
    {
        await _stopping.CancelAsync();
        await _opening;
        await (_room?.EmptyAsync() ?? Task.CompletedTask);
    }

    private Task CloseOnce()
    {
        lock (_lock)
            return _closing ??= CloseAsync();
    }

    private async Task CloseAsync()
    {
        await RetireOnce();
        _room?.Dispose();
        _stopping.Dispose();
    }

    private byte[] Encode(LaunchRequest request) =>
        Encoding.UTF8.GetBytes(string.Concat(request.VariablesBeyond(context.Environment).Select(variable => $"{variable.Key}={variable.Value}\0")));

    private async Task OpenAsync()
    {
        try
        {
            if (plan.Script is null || await context.Probe.AskAsync(plan, context).WaitAsync(_stopping.Token) is not { } facts)
                Fail($"{plan.Executable} is no PHP of the command line.");
            else
            {
                _room = new WaitingRoom(plan, new PoolStarter(plan, facts, context), context);
                _room.Start();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LaunchException)
        {
            Fail(exception.Message);
        }
        catch (OperationCanceledException)
        {
            // The bridge ends.
        }
    }

    private void Fail(string reason)
    {
        PoolLog.CanNotFill(context.Logger, plan.Route, reason);
        _problem = $"The pool of route {plan.Route} can not be filled: {reason} Workers are started by process.";
    }
}
