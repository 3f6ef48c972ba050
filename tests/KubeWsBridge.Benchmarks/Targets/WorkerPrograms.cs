using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>What plays the worker: a C program compiled for the run where there is a compiler, and PHP where it is installed.</summary>
internal sealed class WorkerPrograms
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Workers");
    private int _folders;

    /// <summary>Compiles the worker into a folder of the run.</summary>
    public WorkerPrograms(string folder)
    {
        Folder = folder;
        Php = Programs.Find("php");
        Compiler = Programs.Find("gcc") ?? Programs.Find("cc");
        Compiled = Compile("worker");
        Crowd = Compile("crowd");
    }

    /// <summary>Where the run keeps its files.</summary>
    public string Folder { get; }

    /// <summary>The C compiler, if there is one.</summary>
    public string? Compiler { get; }

    /// <summary>The compiled worker; null without a compiler.</summary>
    public string? Compiled { get; }

    /// <summary>The compiled fake workers in one process; null without a compiler.</summary>
    public string? Crowd { get; }

    /// <summary>The PHP interpreter; null when it is not installed.</summary>
    public string? Php { get; }

    /// <summary>Makes a fresh folder; the run's, in which it is, is open to its owner alone.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, $"{name}-{++_folders}")).FullName;

    /// <summary>The options that make the bridge start this handler.</summary>
    public string[] BridgeArguments(Handler handler) => handler.IsPhp
        ? ["--php-executable", Php!, "--script", Script(handler)]
        : ["--php-executable", Compiled!, "--php-arg", handler.Mode, "--script", Script(handler)];

    /// <summary>The command that serves this handler to the peers.</summary>
    public string[] ServeCommand(Handler handler, int port) => [Compiled!, "serve", $"{port}", handler.Mode];

    private string? Compile(string name)
    {
        if (Compiler is null)
            return null;
        var output = Path.Combine(Folder, name);
        using var process = Process.Start(Compiler, ["-O2", "-o", output, Path.Combine(Sources, name + ".c")]);
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }

    private static string Script(Handler handler) => Path.Combine(Sources, handler.Mode + ".php");
}
