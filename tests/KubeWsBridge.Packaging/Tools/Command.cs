using System.Diagnostics;

namespace KubeWsBridge.Packaging.Tools;

/// <summary>A program that was run, and what came of it.</summary>
public sealed record Command(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end.</summary>
    public static Task<Command> RunAsync(string program, params IEnumerable<string> arguments) => RunAsync(program, arguments, input: "");

    /// <summary>Runs a program to its end, with text as its input and more environment.</summary>
    public static async Task<Command> RunAsync(
        string program, IEnumerable<string> arguments, string input, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new Command(process.ExitCode, await output, await error);
    }

    /// <summary>Its output; an exit code other than 0 fails the test with what it said.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"It ended with {ExitCode}:\n{Error}\n{Output}");
        return Output;
    }
}
