using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>The <c>fork</c> launcher: workers are forked from a PHP that has started, and loaded the application, once.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ForkLauncher(LaunchPlan plan, LauncherContext context, ForkHost host, ILauncher fallback) : ILauncher
{
    private int _disposed;

    /// <inheritdoc/>
    public string Name => ForkLauncherFactory.LauncherName;

    /// <inheritdoc/>
    public LauncherHealth Health => host.Health;

    /// <summary>Completes when it is known whether forking works: with null, or with why it does not.</summary>
    public Task<string?> FirstOutcome => host.FirstOutcome;

    /// <inheritdoc/>
    public void Start() => host.Start(this, plan.Fork.Spares);

    /// <inheritdoc/>
    public void Retire() => host.Want(this, 0);

    /// <inheritdoc/>
    public async ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (host.Current is not { } server || plan.Script is not { } script)
            return await fallback.LaunchAsync(request, cancellationToken);

        try
        {
            var worker = await server.LaunchAsync(script, request.VariablesBeyond(context.Environment));
            if (!cancellationToken.IsCancellationRequested)
                return worker;

            await worker.DisposeAsync();
            throw new OperationCanceledException(cancellationToken);
        }
        catch (ForkServerLostException)
        {
            return await fallback.LaunchAsync(request, cancellationToken);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The host may be others' too, and the fallback is whoever's who has given it.</remarks>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, 1) == 0 ? host.LeaveAsync(this) : default;
}
