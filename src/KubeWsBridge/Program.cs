using System.Collections;
using KubeWsBridge.Cli;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting;

namespace KubeWsBridge;

/// <summary>The program: a command line in, an exit code out.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => Commands.RunAsync(
        args,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Console.Out,
        Console.Error,
        RunAsync,
        (_, _) => Task.FromResult(ExitCodes.StartFailed),
        CancellationToken.None);

    private static Task<int> RunAsync(LoadedConfiguration configuration, CancellationToken cancellationToken) =>
        new Server(configuration, TimeProvider.System).RunAsync();
}
