using System.IO.Compression;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.ToolPackage;

/// <summary>The dotnet tool, from its one portable package.</summary>
public sealed class ToolTests
{
    [Fact]
    public async Task Tool_InstalledFromItsPackage_ServesAnEcho()
    {
        using var tool = new DotnetTool();
        (await Command.RunAsync(DotnetTool.Sdk, "pack", DotnetTool.Project, "-c", "Release", "--no-build", "-p:Sbom=true", "-o", tool.File("feed"))).Succeeded();
        using (var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(tool.File("feed")))))
            Sbom.AssertComplete(package);
        (await tool.RunAsync("tool", "install", "KubeWsBridge", "--tool-path", tool.File("tools"), "--source", tool.File("feed"))).Succeeded();

        await RunningProgram.EchoesAsync(tool.File("tools/kubewsbridge"), environment: tool.Environment);

        var install = await Command.RunAsync(tool.File("tools/kubewsbridge"), "install", tool.File("copy"));
        Assert.Equal(1, install.ExitCode);
        Assert.Contains("can't be copied alone", install.Error, StringComparison.Ordinal);
    }
}
