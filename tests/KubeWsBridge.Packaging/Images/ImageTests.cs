using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Images;

/// <summary>What is in the images, and what is not.</summary>
[Collection(Engine.Collection)]
public sealed partial class ImageTests(Engine engine)
{
    [Theory]
    [InlineData("bridge")]
    [InlineData("php")]
    [InlineData("installer")]
    public async Task Image_OfEachTarget_SaysWhatItIsAndIsNotRoot(string target)
    {
        var image = JsonNode.Parse((await engine.DockerAsync("inspect", "--format", "{{json .Config}}", $"kubewsbridge:{target}")).Succeeded())!;

        Assert.Equal("1654:1654", (string)image["User"]!);
        Assert.Equal("MIT", (string)image["Labels"]!["org.opencontainers.image.licenses"]!);
        Assert.Contains(':', (string)image["Labels"]!["org.opencontainers.image.base.name"]!);
        var version = (await engine.DockerAsync("run", "--rm", "--entrypoint", "/usr/local/bin/kubewsbridge", $"kubewsbridge:{target}", "version")).Succeeded();
        Assert.Equal($"kubewsbridge {image["Labels"]!["org.opencontainers.image.version"]}", version.Trim());
        Assert.Equal(target == "installer" ? "NONE" : "CMD", (string)image["Healthcheck"]!["Test"]![0]!);
    }

    [Fact]
    public async Task Image_OfTheBridge_HasNoShell()
    {
        var shell = await engine.DockerAsync("run", "--rm", "--entrypoint", "/bin/sh", "kubewsbridge:bridge", "-c", "true");
        Assert.Contains("no such file or directory", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_OfTheBridge_HasAListOfItsComponents()
    {
        using var scratch = new Scratch();
        await CopyAsync("/usr/share/doc/kubewsbridge/kubewsbridge.cdx.json", scratch.File("sbom.json"));
        Sbom.AssertComplete(await File.ReadAllTextAsync(scratch.File("sbom.json")));
    }

    /// <summary>Debian 11 has glibc 2.31 and Ubuntu 22.04 has 2.35; docs/kubernetes.md and the Dockerfile say 2.34.</summary>
    [Fact]
    public async Task Program_OfTheImage_RunsOutsideOfItWithAnOldLibraryToo()
    {
        using var scratch = new Scratch();
        await CopyAsync("/usr/local/bin/kubewsbridge", scratch.File("kubewsbridge"));

        var needed = Libraries().Matches(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(scratch.File("kubewsbridge"))));
        Assert.Equal(new Version(2, 34), needed.Select(name => Version.Parse(name.Groups[1].ValueSpan)).Max());

        await RunningProgram.EchoesAsync(scratch.File("kubewsbridge"));
    }

    [Theory]
    [InlineData("php", "PHP_IMAGE=php:8.4-cli-alpine", "no build against musl (Alpine). Take an image of Debian 12 or later")]
    [InlineData("bridge", "TARGETARCH=riscv64", "TARGETARCH is amd64 or arm64, not riscv64")]
    public async Task Build_ForWhereTheProgramCannotRun_SaysWhy(string target, string argument, string why)
    {
        var build = await engine.BuildAsync(target, "refused", argument);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains(why, build.Output + build.Error, StringComparison.Ordinal);
    }

    private async Task CopyAsync(string from, string to)
    {
        var container = (await engine.DockerAsync("create", "kubewsbridge:bridge")).Succeeded().Trim();
        (await engine.DockerAsync("cp", $"{container}:{from}", to)).Succeeded();
        (await engine.DockerAsync("rm", container)).Succeeded();
    }

    [GeneratedRegex(@"\0GLIBC_(\d+\.\d+)")]
    private static partial Regex Libraries();
}
