using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Behaviour.Management;

/// <summary>Somebody who takes metrics by OTLP over HTTP, and tells which names come.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

    private OtlpReceiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/v1/metrics", TakeAsync);
    }

    /// <summary>OpenTelemetry's variables for it.</summary>
    public IReadOnlyDictionary<string, string> Environment => VariablesOf(_app.Urls.First());

    /// <summary>OpenTelemetry's variables for a receiver anywhere; it gets figures ten times a second.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(string url) => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
    };

    /// <summary>Listens on a free port.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for a message with this metric in it.</summary>
    public async Task ReceivedAsync(string metric)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await _received.Reader.ReadAsync(patience.Token)).Contains(metric, StringComparison.Ordinal))
        {
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Names are plain text in protobuf.
    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, System.Text.Encoding.Latin1);
        _received.Writer.TryWrite(await reader.ReadToEndAsync());
        context.Response.ContentType = "application/x-protobuf";
    }
}
