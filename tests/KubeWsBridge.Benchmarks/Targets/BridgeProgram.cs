namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>A build of the bridge and arguments of its own.</summary>
/// <param name="Name">How reports call it.</param>
/// <param name="Command">The path and the arguments; each target that is started gets a fresh folder for <c>{folder}</c>.</param>
internal sealed record BridgeProgram(string Name, string[] Command)
{
    private const string Folder = "{folder}";

    /// <summary>What is measured unless the command line says otherwise: the data paths of the program beside the benchmark.</summary>
    public static IReadOnlyList<BridgeProgram> Default { get; } =
    [
        Beside("socket", "--data-path", "socket"),
        Beside("stream", "--data-path", "stream"),
        Beside("unix", "--data-path", "socket", "--tcp-bind", $"unix:{Folder}/w.sock"),
    ];

    /// <summary>The command with the folder in its place.</summary>
    public string[] CommandIn(string folder) => Array.ConvertAll(Command, part => part.Replace(Folder, folder, StringComparison.Ordinal));

    /// <summary>The program's name and arguments, for people.</summary>
    public override string ToString() => string.Join(' ', [Path.GetFileName(Command[0]), .. Command[1..]]);

    private static BridgeProgram Beside(string name, params string[] arguments) =>
        new(name, [Path.Combine(AppContext.BaseDirectory, "kubewsbridge"), .. arguments]);
}
