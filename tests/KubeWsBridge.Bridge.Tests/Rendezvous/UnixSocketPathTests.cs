using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

public class UnixSocketPathTests
{
    [Theory]
    [InlineData("unix:/run/a.sock", "/run/a.sock")]
    [InlineData("unix:///run/a.sock", "/run/a.sock")]
    [InlineData("Unix:/run/A.sock", "/run/A.sock")]
    [InlineData("unix:a.sock", "a.sock")]
    [InlineData("unix://a.sock", "a.sock")]
    [InlineData("unix:", "")]
    [InlineData("127.0.0.1", null)]
    [InlineData("/run/a.sock", null)]
    [InlineData("", null)]
    public void TryRead_Text_IsAPathOrNone(string text, string? expected)
    {
        Assert.Equal(expected is not null, UnixSocketPath.TryRead(text, out var path));
        Assert.Equal(expected, path);
    }
}
