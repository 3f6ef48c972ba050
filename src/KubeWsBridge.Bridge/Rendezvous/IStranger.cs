namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>A connection that has not said who it is.</summary>
internal interface IStranger : IDisposable
{
    /// <summary>Waits for bytes; 0 at the end.</summary>
    /// <exception cref="IOException">The connection has failed.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>The connection as that of a known worker; the stranger is used no more, unless to be disposed of with the connection.</summary>
    /// <param name="hello">What its hello line says.</param>
    /// <param name="firstBytes">What it sent behind its hello line.</param>
    Arrival Introduce(Hello hello, byte[] firstBytes);
}
