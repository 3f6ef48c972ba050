using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>Which data path carries a session; that each carries it well is what all other tests are about, which run over both.</summary>
public class DataPathTests
{
    private const string Variable = "WSS_CONFIG_DATA_PATH";

    [Theory]
    [InlineData("auto", "socket")]
    [InlineData("socket", "socket")]
    [InlineData("stream", "stream")]
    public async Task DataPath_Chosen_IsLoggedAndCarries(string chosen, string used)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--data-path", chosen);
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync("over it");

        Assert.Equal("over it"u8.ToArray(), await client.ReadDataAsync(7));
        await bridge.LoggedAsync($"Data path: {used}");
        Assert.Equal(used == "socket", HasSocketLoops(bridge));
    }

    /// <summary>The whole suite runs once for each path, told by the environment: this is what keeps a run from being the other's.</summary>
    [Fact]
    public async Task DataPath_OfThisRun_IsTheOneAskedFor()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php");

        await bridge.LoggedAsync($"Data path: {Environment.GetEnvironmentVariable(Variable) ?? "socket"}");
    }

    private static bool HasSocketLoops(BridgeProcess bridge) =>
        Directory.EnumerateDirectories($"/proc/{bridge.Id}/task")
            .Any(task => File.ReadAllText($"{task}/comm").StartsWith("kwb-sockets", StringComparison.Ordinal));
}
