namespace KubeWsBridge.Behaviour.Conformance.Transports;

/// <summary>A stream of frames after the opening handshake.</summary>
public interface IConformanceConnection : IAsyncDisposable
{
    /// <summary>Sends bytes as they are, at once.</summary>
    /// <exception cref="IOException">The server takes nothing any more.</exception>
    Task SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Receives what is there, or waits; 0 at the proper end of the stream.</summary>
    /// <exception cref="IOException">The stream was cut: a TCP reset, an HTTP/2 RST_STREAM.</exception>
    Task<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Says that the server's close frame is taken: a close frame of ours and, where the transport has one, a half-close.</summary>
    Task AcceptCloseAsync();
}
