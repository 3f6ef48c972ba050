using System.Net;
using KubeWsBridge.Cli;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;
using KubeWsBridge.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Demo;

/// <summary>The bridge with a page in front and a worker of its own behind; everything else is as configured.</summary>
internal static class DemoServer
{
    /// <summary>Runs until a signal ends it, and returns the exit code.</summary>
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var setup = DemoSetup.Create();
        var preset = SettingSource.Preset("demo");
        var configuration = context.Load(
            Setting.From(preset, CoreOptions.WsHost, IPAddress.Loopback.ToString()),
            Setting.From(preset, CoreOptions.PhpExecutable, setup.Route.Executable),
            Setting.From(preset, CoreOptions.Script, setup.Route.Script ?? setup.Route.Executable));
        if (configuration is null)
            return ExitCodes.BadConfiguration;

        var shown = configuration with { Bridge = configuration.Bridge with { Routes = [setup.Route] }, Input = null };
        var server = new Server(shown, TimeProvider.System)
        {
            Pages = ServeAsync,
            Started = (address, secure) => Greet(address, secure, setup, context, configuration.Values.Get(ProgramOptionTable.Open), cancellationToken),
        };
        return await server.RunAsync();
    }

    private static async Task<bool> ServeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
            return false;
        await DemoPage.WriteAsync(context);
        return true;
    }

    private static void Greet(
        IPEndPoint address, bool secure, DemoSetup setup, CommandContext context, bool open, CancellationToken cancellationToken)
    {
        // What listens on every address is reached by loopback from here.
        var host = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : address.Address;
        var page = new UriBuilder(secure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, host.ToString(), address.Port).Uri;
        var command = ThisProgram.Current.CommandLine(context.Environment.GetValueOrDefault("PATH"));
        context.Output.Write(DemoSetup.Banner(page, setup.Worker, command));
        context.Output.Flush();
        if (open)
            _ = OpenAsync(page, context.Error, cancellationToken);
    }

    private static async Task OpenAsync(Uri page, TextWriter error, CancellationToken cancellationToken)
    {
        if (await Browser.OpenAsync(page, cancellationToken) is { } sorry)
            await error.WriteLineAsync(sorry);
    }
}
