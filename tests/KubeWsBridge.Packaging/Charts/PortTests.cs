using System.Text.Json.Nodes;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Where the pods listen, and what leads there.</summary>
public sealed class PortTests(Rendered rendered) : IClassFixture<Rendered>
{
    [Theory]
    [InlineData("php", "ws 80 kubernetes.io/ws", "ws 8080, management 8081")]
    [InlineData("fpm-manual-tls", "ws 443 kubernetes.io/wss", "ws 8443, management 8081")]
    [InlineData("automate", "ws 443 kubernetes.io/wss", "ws 8443, management 8081")]
    [InlineData("automate-http", "ws 443 kubernetes.io/wss, acme-http 80 ", "ws 8443, management 8081, acme-http 8088")]
    [InlineData("ports", "ws 8000 tcp", "ws 9000, management 9001")]
    public void Port_OfTheService_LeadsToThePods(string name, string service, string pod)
    {
        var ports = Service(name)["spec"]!["ports"]!.AsArray();

        Assert.Equal(service, string.Join(", ", ports.Select(port => $"{port!["name"]} {port["port"]} {port["appProtocol"]}")));
        Assert.All(ports, port => Assert.Equal((string)port!["name"]!, (string)port["targetPort"]!));
        Assert.Equal(pod, Ports(PodSecurity.PodOf(rendered.One(name, "Deployment"))!, "bridge"));
    }

    [Fact]
    public void Port_OfAnotherChartsPod_IsTheOneOfTheValues()
    {
        var pod = PodSecurity.PodOf(rendered.One(ValueMatrix.LiveSite, "Deployment"))!;

        Assert.Equal("ws 9000, management 9001, acme-http 8088", Ports(pod, "kubewsbridge"));
        Assert.All(PodSecurity.Containers(pod).Where(one => one["lifecycle"] is not null), one =>
            Assert.Equal("127.0.0.1:9001", (string)one["lifecycle"]!["preStop"]!["exec"]!["command"]!.AsArray()[^1]!));
        Assert.Contains("\nwsPort: 9000", rendered.Configuration(ValueMatrix.LiveSite), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("php", "wsHost: 0.0.0.0\nwsPort: 8080", "managementAddress: 0.0.0.0:8081\n")]
    [InlineData("ports", "wsHost: '::'\nwsPort: 9000", "managementAddress: '[::]:9001'\n")]
    public void Address_OfTheConfiguration_IsTheOneToBind(string name, string clients, string management)
    {
        Assert.Contains(clients, rendered.Configuration(name), StringComparison.Ordinal);
        Assert.Contains(management, rendered.Configuration(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("automate-http", true)]
    [InlineData("automate-own-claim", true)]
    [InlineData("automate", false)]
    [InlineData("fpm-manual-tls", false)]
    public void Challenge_WithoutADnsProvider_IsAnsweredOverHttp(string name, bool http) =>
        Assert.Equal(http, rendered.Configuration(name).Contains("tlsAcmeHttpPort: 8088\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("configRaw: {tlsAcmeChallenge: [tls-alpn-01]}", false)]
    [InlineData("configRaw: {tlsAcmeChallenge: 'tls-alpn-01,http-01'}", true)]
    public async Task Challenge_ThatIsAskedFor_DecidesWhetherThereIsAPort(string more, bool http)
    {
        var text = (await Chart.RenderAsync($"replicas: 1\ntls: {{mode: automate, domains: [a]}}\npersistence: {{enabled: true}}\n{more}")).Succeeded();

        Assert.Equal(http, text.Contains("acme-http", StringComparison.Ordinal));
    }

    [Fact]
    public void Route_ToAServiceWithTls_HasItsPort() =>
        Assert.Equal(443, (int)rendered.One("gateway-tls", "HTTPRoute")["spec"]!["rules"]![0]!["backendRefs"]![0]!["port"]!);

    private JsonNode Service(string name) => rendered.Objects(name).First(one => (string)one["kind"]! == "Service");

    private static string Ports(JsonNode pod, string container) => string.Join(", ", PodSecurity.Containers(pod)
        .Single(one => (string)one["name"]! == container)["ports"]!.AsArray().Select(port => $"{port!["name"]} {port["containerPort"]}"));
}
