using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeWsBridge.Bridge.Tests.Admission;
using KubeWsBridge.Bridge.Transport;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Tests.StreamPath;

/// <summary>Kestrel with a stream path to one client that has made its handshake.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Handshake =
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: {Handshakes.Key}\r\n\r\n";

    private readonly TaskCompletionSource<StreamPathUnderTest> _path = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly X509Certificate2? _certificate;
    private readonly WebApplication _server;

    private StreamServer(bool ownTransport, bool tls)
    {
        _certificate = tls ? CreateCertificate() : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (_certificate is not null)
                listen.UseHttps(_certificate);
        }));
        builder.Services.AddSingleton(TimeProvider.System);
        if (ownTransport)
            builder.Services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>();
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var path = new StreamPathUnderTest(await WebSocketUpgrade.AcceptAsync(context, subprotocol: null), tcpWorker: true);
            _path.SetResult(path);
            await path.Ended;
        });
    }

    /// <summary>The client's end; its calls wait.</summary>
    public Stream Client { get; private set; } = null!;

    /// <summary>The path behind it.</summary>
    public Task<StreamPathUnderTest> Path => _path.Task.WaitAsync(Patience);

    /// <summary>Starts the server and its client.</summary>
    /// <param name="ownTransport">Whether the server takes its connections from the product's transport, and not from its own.</param>
    /// <param name="tls">Whether they are encrypted.</param>
    public static async Task<StreamServer> StartAsync(bool ownTransport, bool tls)
    {
        var server = new StreamServer(ownTransport, tls);
        await server._server.StartAsync();
        server.Connect();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
        _certificate?.Dispose();
    }

    private void Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        socket.Connect(IPAddress.Loopback, new Uri(_server.Urls.First()).Port);
        Client = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is { } certificate)
        {
            var encrypted = new SslStream(Client, leaveInnerStreamOpen: false, (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString());
            encrypted.AuthenticateAsClient("localhost");
            Client = encrypted;
        }

        Client.Write(Encoding.ASCII.GetBytes(Handshake));
        for (var ends = 0; ends < 4;)
            ends = Client.ReadByte() switch
            {
                '\r' or '\n' => ends + 1,
                -1 => throw new InvalidOperationException("The end came early."),
                _ => 0,
            };
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
