using KubeWsBridge.Demo;

namespace KubeWsBridge.Tests.Demo;

public sealed class DemoSetupTests
{
    private static readonly ThisProgram Self = new("/opt/dotnet", ["/opt/kubewsbridge.dll"]);

    [Fact]
    public void Create_WithPhp_WritesThePrivateScriptAndDeletesItOnDispose()
    {
        var setup = DemoSetup.Create();
        var script = setup.Route.Script;
        Assert.NotNull(script);
        var folder = Path.GetDirectoryName(script)!;

        Assert.Equal(DemoResource.Read(DemoResource.Worker), File.ReadAllBytes(script));
        Assert.StartsWith("PHP 8.", setup.Worker, StringComparison.Ordinal);
        Assert.Equal("/*", setup.Route.Path);
        Assert.True(setup.Route.IgnoreStdout);
        Assert.Empty(setup.Route.Arguments);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));

        setup.Dispose();
        setup.Dispose();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Create_WithoutPhp_StartsThisProgramAsWorker()
    {
        using var setup = DemoSetup.Create(searchPath: "", Self);

        Assert.Equal("/opt/dotnet", setup.Route.Executable);
        Assert.Equal(["/opt/kubewsbridge.dll", "demo-worker"], setup.Route.Arguments);
        Assert.Null(setup.Route.Script);
        Assert.StartsWith("built-in", setup.Worker, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh\nexit 1\n")]
    [InlineData("#!/bin/sh\necho 70433 7.4.33 cli\n")]
    [InlineData("#!/bin/sh\necho 80200 8.2.0 cgi-fcgi\n")]
    [InlineData("not a program")]
    public void Create_PhpThatCannotServe_FallsBackToTheBuiltInWorker(string program)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Directory.CreateTempSubdirectory("demo-");
        try
        {
            var php = Path.Combine(folder.FullName, "php");
            File.WriteAllText(php, program);
            File.SetUnixFileMode(php, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            using var setup = DemoSetup.Create(folder.FullName, Self);

            Assert.Null(setup.Route.Script);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Find_RelativeFolderOrFileWithoutExecuteBit_IsPassedOver()
    {
        var folder = Directory.CreateTempSubdirectory("demo-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, OperatingSystem.IsWindows() ? "php.txt" : "php"), "");
            Assert.Null(ExecutableSearch.Find("php", string.Join(Path.PathSeparator, ".", "bin", folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void From_DotnetHost_AddsTheDll() =>
        Assert.Equal(
            [Path.Combine("/app", "kubewsbridge.dll")],
            ThisProgram.From("/usr/bin/dotnet", "/app").Arguments);

    [Fact]
    public void From_OwnExecutable_NeedsNoArguments()
    {
        var self = ThisProgram.From("/app/kubewsbridge", "/app");

        Assert.Equal("/app/kubewsbridge", self.Executable);
        Assert.Empty(self.Arguments);
    }

    [Fact]
    public void From_UnknownProcess_SaysWhatToDo() =>
        Assert.Contains("PHP", Assert.Throws<InvalidOperationException>(() => ThisProgram.From(null, "/app")).Message, StringComparison.Ordinal);

    [Fact]
    public void CommandLine_NotInPath_IsTheWholeWay() =>
        Assert.Equal(
            "dotnet \"/my apps/kubewsbridge.dll\"",
            new ThisProgram("dotnet", ["/my apps/kubewsbridge.dll"]).CommandLine(searchPath: ""));

    [Fact]
    public void Banner_IsShortAsciiAndNamesTheNextStep()
    {
        var banner = DemoSetup.Banner(new Uri("http://127.0.0.1:8080/"), "PHP 8.2.36 (/usr/bin/php)", "kubewsbridge");

        Assert.Contains("http://127.0.0.1:8080/", banner, StringComparison.Ordinal);
        Assert.Contains("PHP 8.2.36 (/usr/bin/php)", banner, StringComparison.Ordinal);
        Assert.Contains("Ctrl+C", banner, StringComparison.Ordinal);
        Assert.Contains("kubewsbridge --php-executable php --script handler.php", banner, StringComparison.Ordinal);
        Assert.All(banner, letter => Assert.True(char.IsAscii(letter)));
        Assert.All(banner.Split('\n'), line => Assert.True(line.Length <= 80));
    }
}
