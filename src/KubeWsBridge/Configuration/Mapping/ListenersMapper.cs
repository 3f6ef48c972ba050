using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Makes the listeners.</summary>
internal static class ListenersMapper
{
    /// <summary>Those of the list; without one, that of the flags and the one that redirects to it. One for challenges, if none of them has its port.</summary>
    public static IReadOnlyList<ListenerOptions> Map(OptionValues values, IReadOnlyList<OptionValues> listeners, AutomationSettings? automation)
    {
        var served = Map(values, listeners);
        return automation is { HttpPort: var port } && automation.Challenges.Contains(ChallengeTypes.Http01)
            && (port == 0 || served.All(listener => listener.Port != port))
            ? [.. served, new ListenerOptions(values.Get(CoreOptions.WsHost), port, ListenerKind.Challenge)]
            : served;
    }

    private static IReadOnlyList<ListenerOptions> Map(OptionValues values, IReadOnlyList<OptionValues> listeners)
    {
        if (listeners.Count > 0)
            return [.. listeners.Select(listener => Map(listener, values.Get(CoreOptions.WsHost)))];
        var kind = values.Get(TlsOptions.Mode) == TlsMode.None ? ListenerKind.Plain : ListenerKind.Tls;
        var only = new ListenerOptions(values.Get(CoreOptions.WsHost), values.Get(CoreOptions.WsPort), kind);
        return values[TlsOptions.RedirectPort].Values is [int port] ? [only, new ListenerOptions(only.Host, port, ListenerKind.Redirect)] : [only];
    }

    private static ListenerOptions Map(OptionValues listener, string host) => new(
        listener.Find(ListenerOptionTable.Host) ?? host,
        listener.Get(ListenerOptionTable.Port),
        listener.Get(ListenerOptionTable.Tls) ? ListenerKind.Tls
            : listener.Get(ListenerOptionTable.Redirect) ? ListenerKind.Redirect
            : ListenerKind.Plain);
}
