using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiVariablesTests
{
    [Fact]
    public void Build_Session_GivesTheCgiVariables()
    {
        var variables = FastCgiVariables.Build(Request(), "/srv/app/chat.php");

        Assert.Equal(
            ["/srv/app/chat.php", "/chat.php", "/srv/app", "GET", "192.0.2.7", "5001", "example.com", "8080", "/live/a?x=1", "x=1", "http"],
            new[]
            {
                "SCRIPT_FILENAME", "SCRIPT_NAME", "DOCUMENT_ROOT", "REQUEST_METHOD", "REMOTE_ADDR", "REMOTE_PORT", "SERVER_NAME", "SERVER_PORT",
                "REQUEST_URI", "QUERY_STRING", "REQUEST_SCHEME",
            }.Select(name => variables[name]));
        Assert.False(variables.ContainsKey("HTTPS"));
    }

    [Fact]
    public void Build_Environment_GivesTheSessionAndNothingOfTheBridge()
    {
        var variables = FastCgiVariables.Build(Request(), "/chat.php");

        Assert.Equal("192.0.2.7", variables["WSS_CLIENT_IP"]);
        Assert.False(variables.ContainsKey("PATH"));
        Assert.Equal("/", variables["DOCUMENT_ROOT"]);
    }

    [Fact]
    public void Build_Headers_BecomeHttpVariablesUnlessTheyCouldDeceive()
    {
        var request = Request() with
        {
            Headers =
            [
                new("user-agent", "peer"), new("x-real-ip", "1"), new("x_real_ip", "2"), new("proxy", "evil"), new("content-length", "5"), new("cookie", "a=b\0c"),
            ],
        };

        var headers = FastCgiVariables.Build(request, "/chat.php").Where(pair => pair.Key.StartsWith("HTTP_", StringComparison.Ordinal));

        Assert.Equal([new("HTTP_USER_AGENT", "peer"), new("HTTP_X_REAL_IP", "1"), new("HTTP_COOKIE", "a=bc")], headers);
    }

    [Fact]
    public void Build_EncryptedClient_IsSaid() =>
        Assert.Equal("on", FastCgiVariables.Build(Request() with { Secure = true }, "/chat.php")["HTTPS"]);

    private static LaunchRequest Request() => new()
    {
        SessionId = "test",
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/bin",
            ["WSS_CLIENT_IP"] = "192.0.2.7",
            ["WSS_CLIENT_PORT"] = "5001",
            ["WSS_SERVER_HOST"] = "example.com",
            ["WSS_SERVER_PORT"] = "8080",
            ["WSS_REQUEST_URI"] = "/live/a?x=1",
            ["WSS_REQUEST_QUERY"] = "x=1",
        },
    };
}
