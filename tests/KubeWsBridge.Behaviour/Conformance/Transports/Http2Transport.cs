using System.Net;
using System.Net.WebSockets;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Conformance.Transports;

/// <summary>HTTP/2 with extended CONNECT (RFC 8441), without TLS and by prior knowledge; all streams share one connection.</summary>
public sealed class Http2Transport : IConformanceTransport, IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseProxy = false });

    /// <inheritdoc/>
    public string Name => "HTTP/2";

    /// <inheritdoc/>
    public async Task<IConformanceConnection> ConnectAsync(int port)
    {
        var response = await AskAsync(port, request => request.Headers.Add("Sec-WebSocket-Version", "13"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Connection(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Sends an extended CONNECT for a WebSocket, completed by the caller, and returns the answer's head.</summary>
    public async Task<HttpResponseMessage> AskAsync(int port, Action<HttpRequestMessage> complete)
    {
        var request = new HttpRequestMessage(HttpMethod.Connect, $"http://127.0.0.1:{port}/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Protocol = "websocket";
        complete(request);
        return await _invoker.SendAsync(request, CancellationToken.None).WaitAsync(RawClient.Patience);
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private sealed class Connection(HttpResponseMessage response, Stream stream) : IConformanceConnection
    {
        private static readonly byte[] Close = RawClient.Frame(8, []);

        // A write that waits for window credit is not told when the server ends the stream, nor when the response is disposed.
        private readonly CancellationTokenSource _over = new();

        public async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                await stream.WriteAsync(bytes, _over.Token).AsTask().WaitAsync(RawClient.Patience);
                await stream.FlushAsync(_over.Token).WaitAsync(RawClient.Patience);
            }
            catch (Exception exception) when (exception is HttpRequestException or WebSocketException or OperationCanceledException)
            {
                throw new IOException(exception.Message, exception);
            }
        }

        public async Task<int> ReceiveAsync(Memory<byte> buffer)
        {
            try
            {
                return await stream.ReadAsync(buffer).AsTask().WaitAsync(RawClient.Patience);
            }
            catch (NullReferenceException) when (_over.IsCancellationRequested)
            {
                // SocketsHttpHandler's stream may forget what it reads from while a read begins, when its response is disposed at that moment.
                throw new ObjectDisposedException(nameof(HttpResponseMessage));
            }
        }

        public async Task AcceptCloseAsync()
        {
            try
            {
                await SendAsync(Close);
            }
            catch (IOException)
            {
                // The server has ended the stream already.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            response.Dispose();
        }
    }
}
