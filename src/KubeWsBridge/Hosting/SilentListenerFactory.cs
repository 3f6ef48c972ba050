using System.Net;
using Microsoft.AspNetCore.Connections;

namespace KubeWsBridge.Hosting;

/// <summary>Listens on <see cref="SilentEndPoint"/>: accepts nothing until it is unbound.</summary>
internal sealed class SilentListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is SilentEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new Listener(endpoint));

    private sealed class Listener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _never = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_never.Task);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _never.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
