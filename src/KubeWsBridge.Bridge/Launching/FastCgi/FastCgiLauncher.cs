using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>The <c>fastcgi</c> launcher: each worker is one of a PHP-FPM pool, busy with one long request.</summary>
internal sealed class FastCgiLauncher(string script, FastCgiPool pool) : ILauncher
{
    private int _disposed;

    /// <inheritdoc/>
    public string Name => FastCgiLauncherFactory.LauncherName;

    /// <inheritdoc/>
    public LauncherHealth Health => pool.Health;

    /// <inheritdoc/>
    public void Start() => pool.Start();

    /// <inheritdoc/>
    public ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var variables = FastCgiVariables.Build(request, script);
        if (FastCgiRequestWriter.TooLong(variables) is { } variable)
            return ValueTask.FromException<IWorker>(new LaunchException(
                $"{variable} does not fit into a FastCGI record, which ends at 65,535 bytes.", retryable: false)
            {
                Refusal = Refusals.HeadersTooLarge,
            });

        return pool.RequestAsync(FastCgiRequestWriter.Write(variables), script, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, 1) == 0 ? pool.DisposeAsync() : default;
}
