using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class RestartDelayTests
{
    [Fact]
    public void After_ShortLives_GrowsToAMinute()
    {
        var delay = new RestartDelay();

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 9).Select(_ => delay.After(TimeSpan.Zero).TotalSeconds));
    }

    [Fact]
    public void After_AGoodLife_BeginsAnew()
    {
        var delay = new RestartDelay();
        for (var i = 0; i < 5; i++)
            delay.After(TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, delay.After(RestartDelay.GoodLife));
        Assert.Equal(TimeSpan.FromSeconds(1), delay.After(TimeSpan.Zero));
    }
}
