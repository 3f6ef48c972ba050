using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the program its options.</summary>
internal static class ProgramOptionsMapper
{
    /// <summary>The program's options.</summary>
    public static ProgramOptions Map(OptionValues values, IReadOnlyList<OptionValues> listeners, IReadOnlyList<OptionValues> certificates) => new()
    {
        Listeners = ListenersMapper.Map(values, listeners),
        Tls = TlsSettingsMapper.Map(values, certificates),
        HeaderTimeout = values.Get(ClientOptions.HeaderTimeout),
        ProxyProtocol = values.Get(ClientOptions.ProxyProtocol),
        DrainTimeout = values.Get(ProgramOptionTable.DrainTimeout),
        WriteBufferSize = values.Get(WebSocketTuningOptions.WriteBufferSize),
        MaxWriteBufferSize = values.Get(WebSocketTuningOptions.MaxWriteBufferSize),
        LogLevel = values.Get(CoreOptions.LogLevel),
        LogFormat = values.Get(ProgramOptionTable.LogFormat),
        DataPath = values.Get(ProgramOptionTable.DataPath),
        ConfigFile = values.Find(ProgramOptionTable.Config),
    };
}
