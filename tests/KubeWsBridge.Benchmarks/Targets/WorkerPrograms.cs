using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>What plays the worker: a C program compiled for the run where there is a compiler, and PHP where it is installed.</summary>
internal sealed class WorkerPrograms
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Workers");

    /// <summary>Compiles the worker into a folder of the run.</summary>
    public WorkerPrograms(string folder)
    {
        Folder = folder;
        Php = Programs.Find("php");
        Compiler = Programs.Find("gcc") ?? Programs.Find("cc");
        var output = Path.Combine(folder, "worker");
        if (Compiler is null)
            return;
        using var process = Process.Start(Compiler, ["-O2", "-o", output, Path.Combine(Sources, "worker.c")]);
        process.WaitForExit();
        if (process.ExitCode == 0)
            Compiled = output;
    }

    /// <summary>Where the run keeps its files.</summary>
    public string Folder { get; }

    /// <summary>The C compiler, if there is one.</summary>
    public string? Compiler { get; }

    /// <summary>The compiled worker; null without a compiler.</summary>
    public string? Compiled { get; }

    /// <summary>The PHP interpreter; null when it is not installed.</summary>
    public string? Php { get; }

    /// <summary>The options that make the bridge start this handler.</summary>
    public string[] BridgeArguments(Handler handler) => handler.IsPhp
        ? ["--php-executable", Php!, "--script", Script(handler)]
        : ["--php-executable", Compiled!, "--php-arg", handler.Mode, "--script", Script(handler)];

    /// <summary>The command that serves this handler to the peers.</summary>
    public string[] ServeCommand(Handler handler, int port) => [Compiled!, "serve", $"{port}", handler.Mode];

    private static string Script(Handler handler) => Path.Combine(Sources, handler.Mode + ".php");
}
