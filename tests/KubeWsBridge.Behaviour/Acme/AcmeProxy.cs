using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Stands between bridges and a pebble, counts orders, and can hold the authority's answer back at any step: it has acted, and nobody knows.</summary>
public sealed class AcmeProxy : IAsyncDisposable
{
    private static readonly string[] Passed = ["Replay-Nonce", "Location", "Link", "Retry-After", "Content-Type"];

    private readonly Scratch _scratch = new();
    private readonly WebApplication _app;
    private readonly HttpClient _pebble;
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _target;
    private string _last = "";
    private int _left;
    private int _orders;

    private AcmeProxy(PebbleServer pebble, int stopAfter)
    {
        (_left, _target) = (stopAfter, pebble.DirectoryUrl.GetLeftPart(UriPartial.Authority));
        _pebble = new(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.RawData.AsSpan().SequenceEqual(pebble.Roots[0].RawData),
        });
        Root = ServerCertificate.Write(_scratch.File("cert.pem"), _scratch.File("key.pem"));
        var certificate = X509Certificate2.CreateFromPemFile(_scratch.File("cert.pem"), _scratch.File("key.pem"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    /// <summary>What bridges are told.</summary>
    public Uri DirectoryUrl { get; private set; } = null!;

    /// <summary>What it is trusted by.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>How many orders the authority has taken.</summary>
    public int Orders => Volatile.Read(ref _orders);

    /// <summary>The kind of request whose answer is held back, once it is.</summary>
    public Task<string> Stopped => _stopped.Task;

    /// <summary>Starts it.</summary>
    /// <param name="pebble">The authority.</param>
    /// <param name="stopAfter">The answer to how many kinds of requests in a row is held back; 0 for none. How often a state is asked for is chance, and counts once.</param>
    public static async Task<AcmeProxy> StartAsync(PebbleServer pebble, int stopAfter = 0)
    {
        var proxy = new AcmeProxy(pebble, stopAfter);
        await proxy._app.StartAsync();
        var address = proxy._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        proxy.DirectoryUrl = new Uri($"{address}/dir");
        return proxy;
    }

    /// <summary>Delivers what was held back.</summary>
    public void GoOn() => _goOn.TrySetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GoOn();
        await _app.DisposeAsync();
        _pebble.Dispose();
        _scratch.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var kind = context.Request.Path.Value!.Split('/')[1];
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), _target + context.Request.Path);
        request.Headers.Host = context.Request.Host.Value; // pebble makes its URLs of it
        request.Headers.TryAddWithoutValidation("User-Agent", context.Request.Headers.UserAgent.ToString());
        if (HttpMethods.IsPost(context.Request.Method))
        {
            using var body = new MemoryStream(); // pebble wants to know its length
            await context.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using var response = await _pebble.SendAsync(request);
        if (kind == "order-plz" && response.StatusCode == HttpStatusCode.Created)
            Interlocked.Increment(ref _orders);
        // A refused nonce is no step: nothing has been done.
        var isStep = response.IsSuccessStatusCode && kind != _last;
        if (isStep)
            _last = kind;
        if (isStep && Interlocked.Decrement(ref _left) == 0)
        {
            _stopped.TrySetResult(kind);
            await _goOn.Task.WaitAsync(context.RequestAborted);
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => Passed.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        await response.Content.CopyToAsync(context.Response.Body);
    }
}
