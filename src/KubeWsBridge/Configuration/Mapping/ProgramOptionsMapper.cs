using System.Net;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Hosting.Management;

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
        Management = new ManagementOptions
        {
            Address = values.Get(ProgramOptionTable.ManagementAddress) is var address and not ManagementAddressKind.Off ? IPEndPoint.Parse(address) : null,
            IsAskedFor = values[ProgramOptionTable.ManagementAddress].IsChanged,
            Token = values.Find(ProgramOptionTable.ManagementTokenFile) is { } file ? new Secret(File.ReadAllText(file).Trim()) : null,
            IsOpen = values.Get(ProgramOptionTable.ManagementOpen),
        },
    };
}
