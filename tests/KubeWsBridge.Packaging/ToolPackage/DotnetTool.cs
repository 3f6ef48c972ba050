using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.ToolPackage;

/// <summary>A user of .NET tools who has none yet: a home folder, a package cache and a place for tools of its own.</summary>
public sealed class DotnetTool : IDisposable
{
    private readonly Scratch _home = new();

    /// <summary>The .NET SDK's program.</summary>
    public static string Sdk { get; } = Peers.Find("dotnet", "the .NET SDK");

    /// <summary>What is packed.</summary>
    public static string Project { get; } = Path.Combine(Repository.Root, "src", "KubeWsBridge");

    /// <summary>A path in the home folder.</summary>
    public string File(string name) => _home.File(name);

    /// <summary>What a process of this user has in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["HOME"] = _home.Folder,
        ["DOTNET_CLI_HOME"] = _home.Folder,
        ["NUGET_PACKAGES"] = _home.File("packages"),
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
    };

    /// <summary>Runs a command of the SDK as this user, in the home folder.</summary>
    public Task<Command> RunAsync(params IEnumerable<string> arguments) => Command.RunAsync(Sdk, arguments, input: "", Environment);

    /// <inheritdoc/>
    public void Dispose() => _home.Dispose();
}
