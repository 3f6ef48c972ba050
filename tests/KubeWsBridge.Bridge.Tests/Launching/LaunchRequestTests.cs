using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class LaunchRequestTests
{
    [Fact]
    public void VariablesBeyond_AnEnvironment_AreTheNewAndTheChangedOnes()
    {
        var request = new LaunchRequest
        {
            SessionId = "id",
            Environment = new Dictionary<string, string> { ["PATH"] = "/bin", ["LANG"] = "C", ["Path"] = "/other", ["WSS_X"] = "1" },
        };

        var beyond = request.VariablesBeyond(new Dictionary<string, string> { ["PATH"] = "/bin", ["LANG"] = "de", ["HOME"] = "/" });

        Assert.Equal(["LANG=C", "Path=/other", "WSS_X=1"], beyond.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
    }
}
