using System.Threading.Channels;
using KubeWsBridge.Bridge.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>
/// The connections to the operator's port: so many and no more, so that they can't take the open files that sessions need. When all places are taken,
/// who has been connected longest without asking anything makes room for the next, which may be a probe.
/// </summary>
/// <remarks>Each is for one request. Otherwise those who ask now and then could keep all places for good.</remarks>
internal sealed class ManagementConnections : IConnectionPlaces
{
    private const int Most = 64;
    private const int Fewest = 8;
    private const int ShareOfDescriptors = 16;

    private readonly Lock _lock = new();
    private readonly Channel<ValueTuple> _places = Channel.CreateUnbounded<ValueTuple>();
    private readonly OrderedDictionary<string, ConnectionContext> _silent = [];
    private bool _isWanted;

    /// <param name="most">How many there may be at a time.</param>
    public ManagementConnections(int most)
    {
        for (var i = 0; i < most; i++)
            ReleaseConnection();
    }

    /// <summary>How many there may be where so many files may be open: a sixteenth, from 8 to 64; 64 without such a limit.</summary>
    public static int MostFor(long? descriptors) => (int)Math.Clamp((descriptors ?? long.MaxValue) / ShareOfDescriptors, Fewest, Most);

    /// <inheritdoc/>
    public async ValueTask WaitForConnectionAsync(CancellationToken cancellationToken)
    {
        if (_places.Reader.TryRead(out _))
            return;
        MakeRoom(isWanted: true);
        await _places.Reader.ReadAsync(cancellationToken);
        lock (_lock)
            _isWanted = false;
    }

    /// <inheritdoc/>
    public void ReleaseConnection() => _places.Writer.TryWrite(default);

    /// <summary>The connection's way: silent until <see cref="HearAsync"/> hears a request.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        MakeRoom(connection);
        try
        {
            await next(connection);
        }
        finally
        {
            Forget(connection.ConnectionId);
        }
    }

    /// <summary>The request's way: its connection keeps its place until the answer, and ends with it.</summary>
    public Task HearAsync(HttpContext context, RequestDelegate next)
    {
        Forget(context.Connection.Id);
        context.Response.Headers.Connection = "close";
        return next(context);
    }

    private void Forget(string connectionId)
    {
        lock (_lock)
            _silent.Remove(connectionId);
    }

    // In a burst they are accepted faster than they are served: then one goes as soon as there are two. The last one stays, for it has only just come.
    private void MakeRoom(ConnectionContext? newcomer = null, bool isWanted = false)
    {
        ConnectionContext? longest = null;
        lock (_lock)
        {
            if (newcomer is not null)
                _silent.Add(newcomer.ConnectionId, newcomer);
            _isWanted |= isWanted;
            if (_isWanted && _silent.Count > 1)
            {
                longest = _silent.GetAt(0).Value;
                _silent.RemoveAt(0);
                _isWanted = false;
            }
        }

        longest?.Abort(new ConnectionAbortedException("All places are taken, and this connection asked nothing."));
    }
}
