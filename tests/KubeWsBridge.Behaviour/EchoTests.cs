using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

public class EchoTests
{
    [Fact]
    public async Task Text_IsEchoedAsBinary()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync("Grüße");

        Assert.Equal(Encoding.UTF8.GetBytes("Grüße"), await client.ReadDataAsync(7));
    }
}
