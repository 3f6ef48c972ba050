using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>What auto chooses, and that it says so in one line.</summary>
public sealed class AutoTests
{
    private const string Chosen = " Launcher: ";

    [Fact]
    public async Task Php_ThatCanFork_ForksForAllRoutesAfterOneLine()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--launcher", "auto");

        Assert.Matches("Launcher: fork, because PHP [0-9.]+ can fork here\\.$", await bridge.LoggedAsync(Chosen));
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await client.SendTextAsync("hello");
        Assert.Equal("hello"u8.ToArray(), await client.ReadDataAsync(5));
        Assert.Contains(" by fork, ", await bridge.LoggedAsync("Session opened: /echo "), StringComparison.Ordinal);
        Assert.Equal((1, 1), (bridge.CountLogged(Chosen), bridge.CountLogged("The fork server is ready")));
    }

    [Theory]
    [InlineData("0", "Launcher: process, because PHP [0-9.]+ has not loaded posix, which forking needs, and no --pool-size is given\\.$", "process")]
    [InlineData("2", "Launcher: pool, because PHP [0-9.]+ has not loaded posix, which forking needs\\.$", "pool")]
    public async Task Php_WithoutPosix_TakesThePoolOrProcess(string poolSize, string line, string launcher)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--launcher", "auto", "--php-args", "-n", "--pool-size", poolSize);

        Assert.Matches(line, await bridge.LoggedAsync(Chosen));
        await LauncherFixture.ServesByAsync(bridge, launcher);
        Assert.Equal(1, bridge.CountLogged(Chosen));
    }

    [Fact]
    public async Task Program_ThatIsNotPhp_IsSilentlyStartedByProcess()
    {
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", Peers.Bash, "--script", BridgeProcess.Handler("dump-bash.sh"), "--launcher", "auto"]);
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        Assert.Contains(" by process, ", await bridge.LoggedAsync("Session opened"), StringComparison.Ordinal);
        Assert.Equal(0, bridge.CountLogged(Chosen));
    }

    [Fact]
    public async Task First_SessionOfAll_IsServedAtOnce()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--launcher", "auto");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync("early");

        Assert.Equal("early"u8.ToArray(), await client.ReadDataAsync(5));
    }
}
