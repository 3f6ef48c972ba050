namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>What a bridge holds of its machine at a moment.</summary>
/// <param name="Children">Worker processes, zombies included.</param>
/// <param name="Sockets">Open sockets.</param>
/// <param name="Pipes">Open pipe ends.</param>
/// <param name="Others">Other descriptors: files, pidfds, epoll instances.</param>
/// <param name="Threads">Threads.</param>
public sealed record Footprint(int Children, int Sockets, int Pipes, int Others, int Threads)
{
    // The runtime adds and drops pool threads as it likes; one a session would show all the same.
    private const int ThreadSlack = 12;

    /// <summary>Looks now.</summary>
    public static Footprint Of(BridgeProcess bridge)
    {
        var descriptors = ProcessTable.Descriptors(bridge.Id);
        var sockets = descriptors.Count(kind => kind == "socket");
        var pipes = descriptors.Count(kind => kind == "pipe");
        return new Footprint(
            ProcessTable.Children(bridge.Id).Count, sockets, pipes, descriptors.Count - sockets - pipes, ProcessTable.Threads(bridge.Id));
    }

    /// <summary>Waits until the bridge holds no more than this.</summary>
    public Task IsRestoredAsync(BridgeProcess bridge)
    {
        var now = this;
        return Eventually.IsTrueAsync(
            () =>
            {
                now = Of(bridge);
                return now.Children <= Children && now.Sockets <= Sockets && now.Pipes <= Pipes && now.Others <= Others
                    && now.Threads <= Threads + ThreadSlack;
            },
            () => $"Leaked: it was {this}, it is {now}.\n{bridge.Log}");
    }
}
