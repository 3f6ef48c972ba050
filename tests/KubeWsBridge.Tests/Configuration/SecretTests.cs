using KubeWsBridge.Configuration;

namespace KubeWsBridge.Tests.Configuration;

public class SecretTests
{
    [Fact]
    public void Secret_Interpolated_ShowsNothing()
    {
        var secret = new Secret("geheim");
        Assert.Equal("*** ***", $"{secret} {(object)secret}");
        Assert.Equal("geheim", secret.Reveal());
    }
}
