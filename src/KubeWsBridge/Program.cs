using System.Collections;
using KubeWsBridge.Cli;
using KubeWsBridge.Configuration;
using KubeWsBridge.Demo;
using KubeWsBridge.Hosting;

namespace KubeWsBridge;

/// <summary>The program: a command line in, an exit code out.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => args is [BuiltInWorker.Command] ? BuiltInWorker.Run() : await Commands.RunAsync(
        args,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Console.Out,
        Console.Error,
        RunAsync,
        DemoServer.RunAsync,
        CancellationToken.None);

    private static Task<int> RunAsync(LoadedConfiguration configuration, CancellationToken cancellationToken) =>
        new Server(configuration, TimeProvider.System).RunAsync();
}
