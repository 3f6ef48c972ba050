using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Makes the listeners.</summary>
internal static class ListenersMapper
{
    /// <summary>The one there is without a list.</summary>
    public static IReadOnlyList<ListenerOptions> Map(OptionValues values) =>
    [
        new ListenerOptions(
            values.Get(CoreOptions.WsHost), values.Get(CoreOptions.WsPort),
            values.Get(TlsOptions.Mode) == TlsMode.None ? ListenerKind.Plain : ListenerKind.Tls),
    ];
}
