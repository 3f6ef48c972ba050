using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>A real HTTP server that remembers requests and answers as it is told.</summary>
internal sealed class WebService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WebService(WebApplication application) => _application = application;

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public List<(string Line, string Headers, string Body)> Requests { get; } = [];

    public (int Status, string Body) Answer { get; set; } = (200, "{}");

    public static async Task<WebService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var service = new WebService(builder.Build());
        service._application.Run(service.AnswerAsync);
        await service._application.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync();
        Requests.Add(($"{context.Request.Method} {context.Request.Path}", string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")), body));
        context.Response.StatusCode = Answer.Status;
        await context.Response.WriteAsync(Answer.Body);
    }
}
