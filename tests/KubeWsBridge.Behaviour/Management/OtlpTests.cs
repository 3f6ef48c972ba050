using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Management;

/// <summary>Metrics that are sent rather than fetched.</summary>
public class OtlpTests
{
    private const string Metric = "kubewsbridge.capacity.sessions";

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("off")]
    public async Task Metrics_WithAReceiver_AreSentWithOrWithoutTheManagementPort(string management)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bridge = await StartAsync(receiver.Environment, "--management-address", management);

        await receiver.ReceivedAsync(Metric);

        await bridge.LoggedAsync("Metrics are sent by OTLP, as OTEL_EXPORTER_OTLP_ENDPOINT says");
    }

    [Fact]
    public async Task Exit_WithAReceiverThatIsSilent_IsHardlyDelayed()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var bridge = await StartAsync(OtlpReceiver.VariablesOf($"http://{silent.LocalEndpoint}"), Operator.Options);
        using var connection = await silent.AcceptTcpClientAsync();

        var watch = Stopwatch.StartNew();

        Assert.Equal(0, await bridge.StopAsync());
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 4); // one of them is the exporter's; the SDK's own patience is five
    }

    private static Task<BridgeProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] options) =>
        BridgeProcess.StartAsync(["--config", HandlerRoutes.Write(), .. options], environment);
}
