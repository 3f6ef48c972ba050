using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class LaunchFailureTests : IDisposable
{
    private readonly IProcessStarter _launcher = ProcessStarter.Create();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kwb-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Launch_ExecutableNotInPath_NamesThePath() =>
        await FailsAsync(Launches.Request("kwb-no-such-program"), "kwb-no-such-program", "/usr/local/bin:/usr/bin:/bin", "--php-executable");

    [Fact]
    public async Task Launch_ExecutableNotFound_NamesIt() =>
        await FailsAsync(Launches.Request("/nowhere/php"), "/nowhere/php was not found", "--php-executable");

    [Fact]
    public async Task Launch_ExecutableEmpty_NamesTheOption() => await FailsAsync(Launches.Request(""), "--php-executable");

    [Fact]
    public async Task Launch_ExecutableIsADirectory_SaysSo() => await FailsAsync(Launches.Request("/usr/bin/"), "is a directory");

    [Fact]
    public async Task Launch_ExecutableNotExecutable_NamesItsMode() =>
        await FailsAsync(Launches.Request(await CreateAsync("#!/bin/sh\n", "600")), "mode is 0600", "chmod +x");

    [Fact]
    public async Task Launch_ExecutableIsNoProgram_SaysSo() =>
        await FailsAsync(Launches.Request(await CreateAsync("hello\n", "700")), "not a program");

    [Fact]
    public async Task Launch_InterpreterMissing_SaysSo() =>
        await FailsAsync(Launches.Request(await CreateAsync("#!/nowhere/php\n", "700")), "interpreter");

    [Fact]
    public async Task Launch_WorkingDirectoryMissing_NamesIt() =>
        await FailsAsync(Launches.Request("true") with { WorkingDirectory = "/nowhere/app" }, "working directory /nowhere/app does not exist");

    [Fact]
    public async Task Launch_VariableTooLarge_NamesItAndTheLimits()
    {
        var environment = new Dictionary<string, string> { ["WSS_SMALL"] = "x", ["WSS_HEADER_COOKIE"] = new('c', 140_000) };

        await FailsAsync(Launches.Request("/bin/true") with { Environment = environment }, "WSS_HEADER_COOKIE", "140019", "131072");
    }

    [Fact]
    public async Task Launch_VariableJustFits_Starts()
    {
        var environment = new Dictionary<string, string> { ["WSS_BIG"] = new('c', 131_000) };

        await using var worker = await _launcher.RunAsync(Launches.Request("/bin/true") with { Environment = environment });

        Assert.True((await worker.Exited.WaitAsync(Launches.Patience)).Succeeded);
    }

    [Fact]
    public async Task Launch_NulInAVariable_IsRefused() =>
        await FailsAsync(
            Launches.Request("/bin/true") with { Environment = new Dictionary<string, string> { ["WSS_URI"] = "/a\0b" } }, "WSS_URI", "NUL");

    [Theory]
    [InlineData("")]
    [InlineData("A=B")]
    public async Task Launch_ImpossibleVariableName_IsRefused(string name) =>
        await FailsAsync(Launches.Request("/bin/true") with { Environment = new Dictionary<string, string> { [name] = "x" } }, "environment variable");

    [Fact]
    public async Task Launch_NulInAnArgument_IsRefused() => await FailsAsync(Launches.Request("/bin/true", "a\0b"), "argument", "NUL");

    [Fact]
    public async Task Launch_Cancelled_StartsNothing() =>
        await Assert.ThrowsAsync<TaskCanceledException>(async () =>
            await new ProcessLauncher(new LaunchPlan { Executable = "true" }, Launches.Context())
                .LaunchAsync(new LaunchRequest { SessionId = "test", Environment = Launches.Context().Environment }, new CancellationToken(true)));

    [Theory]
    [InlineData(Errno.Again, "ulimit -u")]
    [InlineData(Errno.Again, "--max-processes")]
    [InlineData(Errno.NoMemory, "memory.max")]
    [InlineData(Errno.TooManyFiles, "ulimit -n")]
    [InlineData(Errno.TableFull, "fs.file-max")]
    public void Describe_ShortageOfTheMachine_IsRetryableAndNamesTheLimit(int error, string expected)
    {
        var exception = SpawnFailure.Describe(error, "/bin/true", Launches.Request("true"));

        Assert.True(exception.Retryable);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private async Task FailsAsync(ProcessStart request, params string[] words)
    {
        var exception = await Assert.ThrowsAsync<LaunchException>(async () => await _launcher.RunAsync(request));

        Assert.False(exception.Retryable);
        Assert.All(words, word => Assert.Contains(word, exception.Message, StringComparison.Ordinal));
    }

    private async Task<string> CreateAsync(string content, string mode)
    {
        var path = Path.Join(_folder.FullName, "program");
        await Launches.CreateFileAsync(path, content, mode);
        return path;
    }
}
