using System.Collections;
using KubeWsBridge.Cli;

namespace KubeWsBridge;

internal static class Program
{
    private static Task<int> Main(string[] args) => Commands.RunAsync(
        args,
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Console.Out,
        Console.Error,
        (_, _) => Task.FromResult(ExitCodes.StartFailed),
        (_, _) => Task.FromResult(ExitCodes.StartFailed),
        CancellationToken.None);
}
