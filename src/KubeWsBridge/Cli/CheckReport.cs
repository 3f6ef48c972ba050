using System.Globalization;
using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Checks;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Printing;

namespace KubeWsBridge.Cli;

/// <summary>Explains what a configuration would run.</summary>
internal sealed class CheckReport(TextWriter writer)
{
    private readonly TextColumns _columns = new(writer, indent: 2, left: 16, width: 100);

    /// <summary>Writes the explanation.</summary>
    public void Write(LoadedConfiguration configuration)
    {
        writer.WriteLine("The configuration is good. This would run:");
        writer.WriteLine();
        WriteAddresses(configuration);
        WriteRoutes(configuration);
        WriteLimits(configuration);
        WriteChanges(configuration);
        if (configuration.Warnings.Count == 0)
            return;
        WriteTitle("Warnings");
        foreach (var warning in configuration.Warnings)
            writer.WriteLine($"  {warning}");
    }

    private void WriteAddresses(LoadedConfiguration configuration)
    {
        foreach (var listener in configuration.Program.Listeners)
            _columns.Write(Purpose(listener.Kind), Describe(listener));
        if (configuration.Program.Automation is { } automation)
            _columns.Write("Certificate", Describe(automation));
        var rendezvous = configuration.Bridge.Rendezvous;
        var port = UnixSocketPath.TryRead(rendezvous.TcpBind, out _) ? "" : $", port {Port(rendezvous.TcpPort)}";
        _columns.Write("Workers", $"call back {rendezvous.TcpBind}{port}");
        if (configuration.Program.ConfigFile is { } file)
            _columns.Write("File", file);
    }

    private static string Purpose(ListenerKind kind) => kind switch
    {
        ListenerKind.Redirect => "Redirected",
        ListenerKind.Challenge => "Challenges",
        _ => "Clients",
    };

    private static string Describe(AutomationSettings automation)
    {
        var certificate = automation.Certificate;
        return $"for {string.Join(", ", certificate.Names)}, from {string.Join(", then ", certificate.Issuers.Select(issuer => issuer.Directory.Host))}, by "
            + $"{string.Join(", else ", automation.Challenges)}{(automation.Dns is { } dns ? $" with {dns.Provider.Name}" : "")}; kept in {automation.Storage}";
    }

    private static string Describe(ListenerOptions listener)
    {
        var host = listener.Host.Contains(':', StringComparison.Ordinal) ? $"[{listener.Host}]" : listener.Host;
        var scheme = listener.Kind switch
        {
            ListenerKind.Tls => "wss",
            ListenerKind.Redirect or ListenerKind.Challenge => "http",
            _ => "ws",
        };
        return $"{scheme}://{host}:{Port(listener.Port)}";
    }

    private void WriteRoutes(LoadedConfiguration configuration)
    {
        WriteTitle("Routes");
        foreach (var route in configuration.Bridge.Routes)
            _columns.Write(route.Path, Describe(route));
    }

    private static string Describe(RouteOptions route)
    {
        var pool = route.Launcher == FastCgiChecks.Launcher ? route.FastCgi : null;
        string[] command = pool is null ? [route.Executable, .. route.Arguments, route.Script ?? ""] : [route.Script ?? ""];
        var most = route.MaxConnections.ToString(CultureInfo.InvariantCulture);
        string?[] facts =
        [
            string.Join(' ', command).TrimEnd(),
            route.WorkingDirectory is null ? null : $"in {route.WorkingDirectory}",
            pool is null ? $"launcher {route.Launcher}" : $"launcher {route.Launcher} at {pool.Address}",
            $"upgrade {(route.Upgrade == UpgradeMode.Ready ? "when the worker is ready" : "early")}",
            route.Origins.Count == 0 ? "any origin" : $"origins {string.Join(' ', route.Origins)}",
            route.Subprotocols.Count == 0 ? null : $"subprotocols {string.Join(' ', route.Subprotocols)}",
            route.IgnoreStdout ? "stdout thrown away" : null,
            route.MaxConnections == 0 ? null : $"at most {most} connections",
        ];
        return string.Join("; ", facts.Where(fact => fact is not null));
    }

    private void WriteLimits(LoadedConfiguration configuration)
    {
        WriteTitle("Limits");
        foreach (var option in new OptionDefinition[]
        {
            CoreOptions.MaxConnections, CoreOptions.MaxProcesses, ClientOptions.MaxConnectionsPerAddress, ClientOptions.ConnectRate,
            CoreOptions.ConnectionTimeout, CoreOptions.PhpTimeout, CoreOptions.PhpConnectTimeout, WebSocketTuningOptions.MaxPayloadSize,
        })
            writer.WriteLine($"  {option} = {Show(configuration.Values[option])}");
    }

    private void WriteChanges(LoadedConfiguration configuration)
    {
        WriteTitle("Not at its default");
        var changed = OptionTable.All.Select(option => configuration.Values[option])
            .Concat(configuration.Routes.SelectMany(route => RouteOptionTable.All.Select(option => route[option])))
            .Where(setting => setting.IsChanged && setting.Option.IsInFile).Distinct();
        foreach (var setting in changed)
            writer.WriteLine($"  {setting.Key} = {Show(setting)}  ({setting.Source})");
    }

    private static string Show(EffectiveSetting setting) => YamlText.Of(setting);

    private static string Port(int port) => port == 0 ? "chosen by the system" : port.ToString(CultureInfo.InvariantCulture);

    private void WriteTitle(string title)
    {
        writer.WriteLine();
        writer.WriteLine(title + ":");
    }
}
