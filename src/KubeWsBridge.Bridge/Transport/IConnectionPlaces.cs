namespace KubeWsBridge.Bridge.Transport;

/// <summary>Counts client connections, so that no more are accepted than the process can hold.</summary>
public interface IConnectionPlaces
{
    /// <summary>Takes the place of one more connection, waiting for it if need be; to be called before accepting.</summary>
    /// <exception cref="OperationCanceledException">The wait was called off; no place is taken.</exception>
    ValueTask WaitForConnectionAsync(CancellationToken cancellationToken);

    /// <summary>Gives a place back, once the connection's descriptor is closed or when none was accepted.</summary>
    void ReleaseConnection();
}
