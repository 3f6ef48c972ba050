using System.Net;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Metadata.ProxyProtocol;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Automation;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting;

/// <summary>The addresses clients connect to, and what stands before HTTP on each: the PROXY protocol, then TLS or a look at the first bytes.</summary>
internal sealed class ClientListeners(ProgramOptions program, TrustedProxies proxies, TimeProvider timeProvider)
{
    private volatile TrustedProxies _proxies = proxies;
    private readonly List<(ListenerOptions Listener, ListenOptions Listen)> _listening = [];

    /// <summary>Who may say by the PROXY protocol who a client is.</summary>
    public TrustedProxies Proxies
    {
        get => _proxies;
        set => _proxies = value;
    }

    /// <summary>The listeners with their real addresses, once they are bound.</summary>
    public IEnumerable<(ListenerKind Kind, IPEndPoint Address)> Bound => _listening.Select(entry => (entry.Listener.Kind, entry.Listen.IPEndPoint!));

    /// <summary>The port of the first listener with TLS, once it is bound.</summary>
    public int TlsPort => Bound.First(entry => entry.Kind == ListenerKind.Tls).Address.Port;

    /// <summary>Adds them.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="tls">Gives what answers handshakes, which is opened after this and before the first of them.</param>
    public void Configure(KestrelServerOptions kestrel, Func<TlsServer> tls)
    {
        var http2 = new Http2PriorKnowledge(program.HeaderTimeout, timeProvider);
        http2.Configure(kestrel);
        foreach (var listener in program.Listeners)
            kestrel.Listen(Address(listener), listen =>
            {
                _listening.Add((listener, listen));
                if (program.ProxyProtocol)
                    listen.Use(ProxyProtocol(listen).Use);
                switch (listener.Kind)
                {
                    case ListenerKind.Tls:
                        UseTls(listen, program.Tls!, tls);
                        break;
                    case ListenerKind.Redirect:
                        listen.Protocols = HttpProtocols.Http1;
                        listen.Use(MarkForRedirect);
                        break;
                    case ListenerKind.Challenge:
                        listen.Protocols = HttpProtocols.Http1;
                        listen.Use(MarkForChallenges);
                        break;
                    default:
                        listen.Protocols = HttpProtocols.Http1;
                        listen.Use(http2.Use);
                        break;
                }
            });
    }

    private void UseTls(ListenOptions listen, TlsSettings settings, Func<TlsServer> tls)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2; // the client chooses, by ALPN
        if (settings.NeedsClientHello)
            listen.Use(new ClientHelloPeek(settings.HandshakeTimeout, timeProvider).Use);
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = hello => tls().ChooseAsync(hello), HandshakeTimeout = settings.HandshakeTimeout });
        if (settings.AnswersChallenges)
            listen.Use(EndChallenges);
    }

    // RFC 8737 section 3: the handshake is all that such a connection is for.
    private static ConnectionDelegate EndChallenges(ConnectionDelegate next) => connection =>
        connection.Features.Get<ClientHello>() is { IsChallenge: true } ? Task.CompletedTask : next(connection);

    private static ConnectionDelegate MarkForChallenges(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(ChallengesOnly.Instance);
        return next(connection);
    };

    private ConnectionDelegate MarkForRedirect(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new TlsRedirect(TlsPort));
        return next(connection);
    };

    private ProxyProtocolMiddleware ProxyProtocol(ListenOptions listen) => new(
        () => _proxies, program.HeaderTimeout, timeProvider, listen.ApplicationServices.GetRequiredService<ILogger<ProxyProtocolMiddleware>>());

    private static IPEndPoint Address(ListenerOptions listener)
    {
        var address = listener.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(listener.Host);
        return listener.Kind == ListenerKind.Tls ? new StreamEndPoint(address, listener.Port) : new IPEndPoint(address, listener.Port);
    }
}
