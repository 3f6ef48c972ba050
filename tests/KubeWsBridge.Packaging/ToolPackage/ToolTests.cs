using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.ToolPackage;

/// <summary>The dotnet tool, from its package.</summary>
public sealed class ToolTests
{
    private static readonly string Dotnet = Peers.Find("dotnet", "the .NET SDK");

    [Fact]
    public async Task Tool_InstalledFromItsPackage_ServesAnEcho()
    {
        using var scratch = new Scratch();
        var project = Path.Combine(Repository.Root, "src", "KubeWsBridge");
        (await Command.RunAsync(Dotnet, "pack", project, "-c", "Release", "--no-build", "-o", scratch.File("packages"))).Succeeded();
        (await Command.RunAsync(Dotnet, "tool", "install", "KubeWsBridge", "--tool-path", scratch.File("tools"), "--add-source", scratch.File("packages"))).Succeeded();

        await using (var program = await RunningProgram.StartAsync(scratch.File("tools/kubewsbridge")))
        {
            using (var client = await EchoClient.ConnectAsync(program.Port))
                Assert.Equal("hello", await client.EchoAsync("hello"));
            Assert.Equal(0, await program.StopAsync());
        }

        var install = await Command.RunAsync(scratch.File("tools/kubewsbridge"), "install", scratch.File("copy"));
        Assert.Equal(1, install.ExitCode);
        Assert.Contains("can't be copied alone", install.Error, StringComparison.Ordinal);
    }
}
