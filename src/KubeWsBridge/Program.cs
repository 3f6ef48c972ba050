using KubeWsBridge.Bridge;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting;
namespace KubeWsBridge;

internal static class Program
{
    private static Task<int> Main(string[] args) => new Server(new ProgramOptions { WsHost = "127.0.0.1", WsPort = 18080 }, new BridgeOptions { Routes = [new RouteOptions { Executable = args[0], Script = args[1] }] }, TimeProvider.System).RunAsync();
}
