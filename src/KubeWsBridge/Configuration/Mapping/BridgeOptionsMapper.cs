using System.Net;
using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Admission.Memory;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.WebSockets;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the bridge its options, room by room.</summary>
internal static class BridgeOptionsMapper
{
    /// <summary>The bridge's options.</summary>
    public static BridgeOptions Map(OptionValues values, IReadOnlyList<OptionValues> routes) => new()
    {
        Routes = [.. routes.Select(RouteOptionsMapper.Map)],
        Admission = new AdmissionOptions
        {
            MaxConnections = values.Get(CoreOptions.MaxConnections),
            MaxProcesses = values.Get(CoreOptions.MaxProcesses),
            MaxConnectionsPerAddress = values.Get(ClientOptions.MaxConnectionsPerAddress),
            ConnectRate = values.Get(ClientOptions.ConnectRate),
            Memory = new MemoryOptions
            {
                ReservePercent = values.Get(WorkerOptions.MemoryReserve),
                WorkerMemory = values.Get(WorkerOptions.WorkerMemory),
            },
        },
        Metadata = new MetadataOptions
        {
            TrustedProxies = [.. values.List(ClientOptions.TrustedProxies).SelectMany(set => set.Networks)],
            VerifiesClientCertificates = values[TlsOptions.ClientAuth].Values is [ClientAuthMode.VerifyIfGiven or ClientAuthMode.RequireAndVerify],
        },
        Launch = new LaunchOptions
        {
            ConnectTimeout = values.Get(CoreOptions.PhpConnectTimeout),
            ConnectRetries = values.Get(CoreOptions.PhpConnectRetries),
        },
        Rendezvous = new RendezvousOptions
        {
            // One socket cannot listen on both loopbacks, and PHP tries 127.0.0.1 where the ancestor listened.
            TcpBind = values.Get(CoreOptions.TcpBind) is var bind && bind == "localhost" ? IPAddress.Loopback.ToString() : bind,
            TcpPort = values.Get(CoreOptions.TcpPort),
            HelloTimeout = values.Get(WorkerOptions.HelloTimeout),
        },
        WebSockets = new WebSocketOptions
        {
            MaxPayloadSize = values.Get(WebSocketTuningOptions.MaxPayloadSize),
            HeartbeatInterval = values.Get(ClientOptions.HeartbeatInterval),
        },
        Pump = new PumpOptions { BufferSize = (int)values.Get(CoreOptions.BufferSize) },
        Closing = new ClosingOptions
        {
            TailTimeout = values.Get(ClientOptions.TailTimeout),
            CloseTimeout = values.Get(ClientOptions.CloseTimeout),
            WorkerGrace = values.Get(WorkerOptions.WorkerGrace),
            TerminateGrace = values.Get(WorkerOptions.TerminateGrace),
        },
        ConnectionTimeout = values.Get(CoreOptions.ConnectionTimeout),
        WorkerTimeout = values.Get(CoreOptions.PhpTimeout),
    };
}
