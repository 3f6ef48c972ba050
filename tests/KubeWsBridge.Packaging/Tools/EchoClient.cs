using System.Net.WebSockets;
using System.Text;

namespace KubeWsBridge.Packaging.Tools;

/// <summary>A WebSocket client that expects what it sends.</summary>
public sealed class EchoClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();

    /// <summary>Connects; a worker that is not there yet is waited for, since clients come back after a 502 or 503.</summary>
    public static async Task<EchoClient> ConnectAsync(int port)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var client = new EchoClient();
            try
            {
                await client._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), patience.Token);
                return client;
            }
            catch (WebSocketException) when (!patience.IsCancellationRequested)
            {
                client.Dispose();
            }
        }
    }

    /// <summary>Sends a message and receives as many bytes.</summary>
    public async Task<string> EchoAsync(string message)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var buffer = new byte[Encoding.UTF8.GetByteCount(message)];
        var count = 0;
        while (count < buffer.Length)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(count), patience.Token);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            count += received.Count;
        }
        return Encoding.UTF8.GetString(buffer);
    }

    /// <summary>Waits for the close frame, answers it, and returns its code.</summary>
    public async Task<int> ClosedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var received = await _socket.ReceiveAsync(new byte[1024], patience.Token);
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return (int)_socket.CloseStatus!;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
