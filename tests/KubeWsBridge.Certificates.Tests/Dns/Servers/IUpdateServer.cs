namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>A server that takes updates of example.test with any of <see cref="TestKeys"/>, and has other.test besides, which nobody may change.</summary>
public interface IUpdateServer
{
    int Port { get; }
}
