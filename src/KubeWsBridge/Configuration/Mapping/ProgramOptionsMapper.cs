using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the program its options.</summary>
internal static class ProgramOptionsMapper
{
    /// <summary>The program's options.</summary>
    public static ProgramOptions Map(OptionValues values) => new()
    {
        WsHost = values.Get(CoreOptions.WsHost),
        WsPort = values.Get(CoreOptions.WsPort),
        HeaderTimeout = values.Get(ClientOptions.HeaderTimeout),
        ProxyProtocol = values.Get(ClientOptions.ProxyProtocol),
        DrainPeriod = values.Get(ProgramOptionTable.DrainPeriod),
        DrainTimeout = values.Get(ProgramOptionTable.DrainTimeout),
        WriteBufferSize = values.Get(WebSocketTuningOptions.WriteBufferSize),
        MaxWriteBufferSize = values.Get(WebSocketTuningOptions.MaxWriteBufferSize),
        LogLevel = values.Get(CoreOptions.LogLevel),
        LogFormat = values.Get(ProgramOptionTable.LogFormat),
        DataPath = values.Get(ProgramOptionTable.DataPath),
        ConfigFile = values.Find(ProgramOptionTable.Config),
    };
}
