using System.IO.Compression;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.ToolPackage;

/// <summary>The dotnet tool, from a package for this machine, in each way that a user can come to it.</summary>
public sealed class NativeToolTests(NativePackages packages) : IClassFixture<NativePackages>, IDisposable
{
    private readonly DotnetTool _tool = new();

    /// <inheritdoc/>
    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Packages_OfThisMachineAndOfAny_HaveTheProgramAndAListOfItsComponents()
    {
        using var native = ZipFile.OpenRead(packages.File($"KubeWsBridge.{NativePackages.Platform}"));
        Assert.Contains(native.Entries, entry => entry.FullName == $"tools/any/{NativePackages.Platform}/kubewsbridge");
        Assert.DoesNotContain(native.Entries, entry => Path.GetExtension(entry.Name) is ".dll" or ".dbg");
        Sbom.AssertComplete(native);

        using var portable = ZipFile.OpenRead(packages.File("KubeWsBridge.any"));
        Assert.Contains(portable.Entries, entry => entry.FullName == "tools/net10.0/any/kubewsbridge.dll");
        Sbom.AssertComplete(portable);
    }

    /// <summary>What a machine gets that none of the native packages is for.</summary>
    [Fact]
    public async Task Program_OfThePackageForAny_ServesAnEcho()
    {
        ZipFile.ExtractToDirectory(packages.File("KubeWsBridge.any"), _tool.File("any"));

        await RunningProgram.EchoesAsync(DotnetTool.Sdk, [_tool.File("any/tools/net10.0/any/kubewsbridge.dll")], _tool.Environment);
    }

    [Fact]
    public async Task Tool_InstalledIntoAFolder_IsTheNativeProgramAndServesAnEcho()
    {
        (await _tool.RunAsync("tool", "install", "KubeWsBridge", "--tool-path", _tool.File("tools"), "--source", packages.Folder)).Succeeded();

        await RunningProgram.EchoesAsync(_tool.File("tools/kubewsbridge"), environment: _tool.Environment);

        // Only the native program can be copied alone.
        (await Command.RunAsync(_tool.File("tools/kubewsbridge"), "install", _tool.File("copy"))).Succeeded();
        await RunningProgram.EchoesAsync(_tool.File("copy/kubewsbridge"));
    }

    [Fact]
    public async Task Tool_InstalledForTheUser_ServesAnEcho()
    {
        (await _tool.RunAsync("tool", "install", "--global", "KubeWsBridge", "--source", packages.Folder)).Succeeded();

        await RunningProgram.EchoesAsync(_tool.File(".dotnet/tools/kubewsbridge"), environment: _tool.Environment);
    }

    [Fact]
    public async Task Tool_RunByDnxWithoutInstalling_ServesAnEcho()
    {
        var dnx = Path.Combine(Path.GetDirectoryName(new FileInfo(DotnetTool.Sdk).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? DotnetTool.Sdk)!, "dnx");

        await RunningProgram.EchoesAsync(dnx, ["KubeWsBridge", "--yes", "--source", packages.Folder, "--"], _tool.Environment);
    }
}
