using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the program its options.</summary>
internal static class ProgramOptionsMapper
{
    /// <summary>The program's options.</summary>
    public static ProgramOptions Map(
        OptionValues values, IReadOnlyList<OptionValues> listeners, IReadOnlyList<OptionValues> certificates, AutomationSettings? automation) =>
        Map(values) with
        {
            Listeners = ListenersMapper.Map(values, listeners, automation),
            Tls = TlsSettingsMapper.Map(values, certificates, automation),
            Automation = automation,
        };

    private static ProgramOptions Map(OptionValues values) => new()
    {
        HeaderTimeout = values.Get(ClientOptions.HeaderTimeout),
        ProxyProtocol = values.Get(ClientOptions.ProxyProtocol),
        Drain = DrainOptionsMapper.Map(values),
        WriteBufferSize = values.Get(WebSocketTuningOptions.WriteBufferSize),
        MaxWriteBufferSize = values.Get(WebSocketTuningOptions.MaxWriteBufferSize),
        LogLevel = values.Get(CoreOptions.LogLevel),
        LogFormat = values.Get(ProgramOptionTable.LogFormat),
        DataPath = values.Get(ProgramOptionTable.DataPath),
        ConfigFile = values.Find(ProgramOptionTable.Config),
        Management = ManagementOptionsMapper.Map(values),
    };
}
