using Microsoft.Extensions.Hosting;

namespace KubeWsBridge.Hosting;

/// <summary>Leaves signals alone; <see cref="ShutdownSequence"/> answers them.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
