using System.Collections.Concurrent;
using System.Net;
using KubeWsBridge.Behaviour.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Certificates for names that clients ask for.</summary>
[Collection(AcmeCollection.Name)]
public sealed class OnDemandTests(PlainPebble pebble) : IClassFixture<PlainPebble>
{
    [Fact]
    public async Task FirstClients_OfAnAllowedName_WaitForOneOrder()
    {
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server);
        using var setup = new AcmeSetup(pebble.Server, proxy);
        string[] options = [.. setup.Ports, "--tls-on-demand", "--tls-on-demand-allow", $"*.{setup.Name}", "--header-timeout", "60"];
        string serial;
        await using (var bridge = await setup.StartAsync(options))
        {
            var own = await AcmeSetup.ServedAsync(bridge);
            var shown = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TlsBridge.ShownAsync(bridge, $"one.{setup.Name}")));
            serial = Assert.Single(shown.Select(certificate => certificate.SerialNumber).Distinct());
            Assert.True(shown[0].MatchesHostname($"one.{setup.Name}"));
            Assert.Equal(2, proxy.Orders);

            foreach (var stranger in new[] { "one.other.test", $"a.b.{setup.Name}", "localhost" })
                Assert.Equal(own, (await TlsBridge.ShownAsync(bridge, stranger)).SerialNumber);
            Assert.Equal(2, proxy.Orders);
        }

        await using var again = await setup.StartAsync(options);
        Assert.Equal(serial, (await TlsBridge.ShownAsync(again, $"one.{setup.Name}")).SerialNumber);
        Assert.Equal(2, proxy.Orders);
    }

    [Fact]
    public async Task Names_MoreThanTwentyInTenMinutes_AreShownAnother()
    {
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server);
        using var setup = new AcmeSetup(pebble.Server, proxy);
        await using var bridge = await setup.StartAsync(
            [.. setup.Ports, "--tls-on-demand", "--tls-on-demand-allow", $"*.{setup.Name}", "--header-timeout", "60"]);
        var own = await AcmeSetup.ServedAsync(bridge);

        var shown = await Task.WhenAll(Enumerable.Range(0, 21).Select(n => TlsBridge.ShownAsync(bridge, $"n{n}.{setup.Name}")));

        Assert.Single(shown, certificate => certificate.SerialNumber == own);
        Assert.Equal(1 + 20, proxy.Orders);
        await bridge.LoggedAsync("but 20 certificates were ordered on demand in ten minutes");
    }

    [Fact]
    public async Task NameThatIsAskedFor_IsObtainedOnlyIfTheAnswerIsYes()
    {
        var asked = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var knows = builder.Build();
        knows.Urls.Add("http://127.0.0.1:0");
        knows.Run(context =>
        {
            var name = context.Request.Query["domain"].ToString();
            asked.Enqueue(name);
            context.Response.StatusCode = (int)(name.StartsWith("good.", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            return Task.CompletedTask;
        });
        await knows.StartAsync();
        var url = knows.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        using var setup = new AcmeSetup(pebble.Server);
        await using var bridge = await setup.StartAsync([.. setup.Ports, "--tls-on-demand", "--tls-on-demand-ask", $"{url}/may?have=it", "--header-timeout", "60"]);
        var own = await AcmeSetup.ServedAsync(bridge);
        for (var time = 0; time < 2; time++)
            Assert.Equal(own, (await TlsBridge.ShownAsync(bridge, $"bad.{setup.Name}")).SerialNumber);
        Assert.True((await TlsBridge.ShownAsync(bridge, $"good.{setup.Name}")).MatchesHostname($"good.{setup.Name}"));
        Assert.Equal([$"bad.{setup.Name}", $"good.{setup.Name}"], asked); // a no is remembered
    }
}
