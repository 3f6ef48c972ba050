using System.Runtime.InteropServices;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.ToolPackage;

/// <summary>The packages that <c>dotnet pack -p:NativeTool=true</c> makes on this machine, made once for all tests.</summary>
/// <remarks>The compile takes minutes. KWB_TOOL_PACKAGES names a folder that has them already.</remarks>
public sealed class NativePackages : IAsyncLifetime
{
    private readonly Scratch _scratch = new();

    /// <summary>This machine, as packages name it.</summary>
    public static string Platform { get; } = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    /// <summary>The folder with the packages.</summary>
    public string Folder => Environment.GetEnvironmentVariable("KWB_TOOL_PACKAGES") ?? _scratch.File("packages");

    /// <summary>A package by its identity.</summary>
    public string File(string identity) => Directory.EnumerateFiles(Folder, $"{identity}.*.nupkg").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[identity.Length + 1]));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (!Directory.Exists(Folder))
        {
            (await Command.RunAsync(DotnetTool.Sdk, "pack", DotnetTool.Project, "-c", "Release", "-p:NativeTool=true", "-p:CppCompilerAndLinker=gcc",
                "--artifacts-path", _scratch.File("build"), "-o", Folder)).Succeeded();
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _scratch.Dispose();
        return Task.CompletedTask;
    }
}
