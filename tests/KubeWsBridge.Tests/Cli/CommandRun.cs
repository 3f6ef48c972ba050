using KubeWsBridge.Cli;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Tests.Cli;

/// <summary>What one run of the program did, with a host that only remembers what it was given.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error, LoadedConfiguration? Hosted, bool Demo)
{
    public const int HostExit = 42;

    public static async Task<CommandRun> OfAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        LoadedConfiguration? hosted = null;
        var demo = false;
        var exit = await Commands.RunAsync(
            arguments,
            environment,
            output,
            error,
            (configuration, _) =>
            {
                hosted = configuration;
                return Task.FromResult(HostExit);
            },
            (_, _) =>
            {
                demo = true;
                return Task.FromResult(HostExit);
            },
            CancellationToken.None);
        return new CommandRun(exit, output.ToString(), error.ToString(), hosted, demo);
    }
}
