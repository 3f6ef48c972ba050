using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using KubeWsBridge.Certificates.Acme.Challenges;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>What listens where a pebble looks: ports 80 and 443 of its world.</summary>
internal sealed class ChallengeListeners : IAsyncDisposable
{
    private readonly WebApplication _http;
    private readonly TcpListener _tls;
    private readonly CancellationTokenSource _ended = new();

    private ChallengeListeners(PebbleServer server, IChallengeAnswers answers)
    {
        Answers = answers;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, server.HttpPort));
        _http = builder.Build();
        _http.Run(AnswerHttpAsync);
        _tls = new(IPAddress.Loopback, server.TlsPort);
    }

    public IChallengeAnswers Answers { get; }

    public static async Task<ChallengeListeners> StartAsync(PebbleServer server, IChallengeAnswers? answers = null)
    {
        var listeners = new ChallengeListeners(server, answers ?? new ChallengeAnswers());
        await listeners._http.StartAsync();
        listeners._tls.Start();
        _ = listeners.AcceptAsync();
        return listeners;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _tls.Dispose();
        await _http.DisposeAsync();
    }

    private async Task AnswerHttpAsync(HttpContext context)
    {
        var text = await new Http01Responder(Answers).FindAsync(context.Request.Path.Value!, context.RequestAborted);
        if (text is null)
        {
            context.Response.StatusCode = 404;
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        await context.Response.WriteAsync(text);
    }

    private async Task AcceptAsync()
    {
        var responder = new TlsAlpn01Responder(Answers, TimeProvider.System);
        while (!_ended.IsCancellationRequested)
        {
            var client = await _tls.AcceptTcpClientAsync(_ended.Token);
            _ = ShakeHandsAsync(client, responder);
        }
    }

    private static async Task ShakeHandsAsync(TcpClient client, TlsAlpn01Responder responder)
    {
        using var connection = client;
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(
            async (_, hello, _, token) => new()
            {
                ServerCertificate = await responder.FindAsync(hello.ServerName, token),
                ApplicationProtocols = [new(TlsAlpn01Responder.Protocol)],
            },
            null);
        _ = await stream.ReadAsync(new byte[1]);
    }
}
