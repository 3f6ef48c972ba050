namespace KubeWsBridge.Demo;

/// <summary>How to start the running program once more.</summary>
/// <param name="Executable">The program, or <c>dotnet</c> when that runs our dll.</param>
/// <param name="Arguments">What comes before our own arguments: nothing, or the dll.</param>
internal sealed record ThisProgram(string Executable, IReadOnlyList<string> Arguments)
{
    private const string Name = "kubewsbridge";

    /// <summary>The running program.</summary>
    /// <exception cref="InvalidOperationException">The system does not tell which program is running.</exception>
    public static ThisProgram Current => From(Environment.ProcessPath, AppContext.BaseDirectory);

    /// <summary>Started as <c>dotnet kubewsbridge.dll</c> the process is dotnet and the dll lies in the base folder; else the process is ours.</summary>
    internal static ThisProgram From(string? processPath, string baseDirectory)
    {
        if (processPath is null)
            throw new InvalidOperationException("The path of the running program is unknown, so it cannot serve as the demo's worker; install PHP 8.1 or newer.");
        return Path.GetFileNameWithoutExtension(processPath).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new(processPath, [Path.Combine(baseDirectory, Name + ".dll")])
            : new(processPath, []);
    }

    /// <summary>The shortest thing to type: the bare name when PATH leads to it, otherwise the whole way.</summary>
    public string CommandLine(string? searchPath) =>
        Arguments.Count == 0 && ExecutableSearch.Find(Name, searchPath) is not null
            ? Name
            : string.Join(' ', new[] { Executable }.Concat(Arguments).Select(Quoted));

    private static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}
