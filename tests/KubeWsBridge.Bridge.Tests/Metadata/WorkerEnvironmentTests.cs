using System.Net;
using System.Text.Json;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Metadata;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class WorkerEnvironmentTests
{
    private static SessionMetadata Metadata(params (string Name, string Value)[] headers) => new()
    {
        SessionId = "0b9a4a9c-3f0e-4c7e-9d34-0f6a3d1f9b52",
        Client = IPEndPoint.Parse("[2001:db8::1]:50000"),
        ServerHost = "example.com",
        ServerPort = 443,
        RequestUri = "/chat%20room?a=1&b",
        Path = "/chat%20room",
        Query = "a=1&b",
        Headers = [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
    };

    private static Dictionary<string, string> Build(SessionMetadata metadata, params (string Name, string Value)[] inherited) =>
        WorkerEnvironment.Build(metadata, "127.0.0.1", 9001, WorkerFraming.Raw, inherited.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    [Fact]
    public void Build_AllHeaders_EveryVariable()
    {
        var metadata = Metadata(
            ("host", "example.com"), ("user-agent", "UA/1"), ("origin", "https://example.com"), ("x-forwarded-for", "1.2.3.4, 5.6.7.8"),
            ("x-real-ip", "1.2.3.4"), ("sec-websocket-version", "13"), ("sec-websocket-protocol", "chat, superchat"));
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["WSS_ENABLED"] = "1",
                ["WSS_CONNECTION_ID"] = "0b9a4a9c-3f0e-4c7e-9d34-0f6a3d1f9b52",
                ["WSS_CLIENT_IP"] = "2001:db8::1",
                ["WSS_CLIENT_PORT"] = "50000",
                ["WSS_SERVER_HOST"] = "example.com",
                ["WSS_SERVER_PORT"] = "443",
                ["WSS_REQUEST_URI"] = "/chat%20room?a=1&b",
                ["WSS_REQUEST_PATH"] = "/chat%20room",
                ["WSS_REQUEST_QUERY"] = "a=1&b",
                ["WSS_REQUEST_HEADERS"] = """{"host":"example.com","user-agent":"UA/1","origin":"https://example.com","x-forwarded-for":"1.2.3.4, 5.6.7.8","x-real-ip":"1.2.3.4","sec-websocket-version":"13","sec-websocket-protocol":"chat, superchat"}""",
                ["WSS_SEC_WEBSOCKET_PROTOCOL"] = "chat, superchat",
                ["WSS_SEC_WEBSOCKET_VERSION"] = "13",
                ["WSS_ORIGIN"] = "https://example.com",
                ["WSS_USER_AGENT"] = "UA/1",
                ["WSS_HOST"] = "example.com",
                ["WSS_X_FORWARDED_FOR"] = "1.2.3.4, 5.6.7.8",
                ["WSS_X_REAL_IP"] = "1.2.3.4",
                ["WSS_SUBPROTOCOL"] = "chat",
                ["WSS_TCP_HOST"] = "127.0.0.1",
                ["WSS_TCP_PORT"] = "9001",
                ["WSS_FRAMING"] = "raw",
            },
            new SortedDictionary<string, string>(Build(metadata with { Subprotocol = "chat" }), StringComparer.Ordinal));
    }

    [Fact]
    public void Build_NoHeaders_HeaderVariablesMissing()
    {
        var environment = Build(Metadata());
        Assert.Equal("{}", environment["WSS_REQUEST_HEADERS"]);
        Assert.DoesNotContain(environment.Keys, name => name is "WSS_ORIGIN" or "WSS_HOST" or "WSS_X_REAL_IP" or "WSS_SUBPROTOCOL");
        Assert.Equal(13, environment.Count);
    }

    [Fact]
    public void Build_EmptyHeader_EmptyVariable() => Assert.Equal("", Build(Metadata(("origin", "")))["WSS_ORIGIN"]);

    [Fact]
    public void Build_Inherited_PassedOnWithoutOwnVariables()
    {
        var environment = Build(
            Metadata(), ("PATH", "/usr/bin"), ("WSS_CONFIG_TLS_DNS_PARAMS", "token=secret"), ("WSS_ORIGIN", "https://other"), ("wss_lower", "x"),
            ("WSSX", "kept"), ("WSS_CONNECTION_ID", "other"));
        Assert.Equal("/usr/bin", environment["PATH"]);
        Assert.Equal("kept", environment["WSSX"]);
        Assert.NotEqual("other", environment["WSS_CONNECTION_ID"]);
        Assert.DoesNotContain(environment, pair => pair.Value.Contains("secret", StringComparison.Ordinal) || pair.Key is "WSS_ORIGIN" or "wss_lower");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("Grüße 日本 🎈")]
    [InlineData("quote \" backslash \\ slash / <tag> & 'x' +")]
    [InlineData("tab\tand\u0080\u009F")]
    public void Build_HeaderValue_SurvivesJson(string value)
    {
        using var json = JsonDocument.Parse(Build(Metadata(("x-test", value)))["WSS_REQUEST_HEADERS"]);
        Assert.Equal(value, json.RootElement.GetProperty("x-test").GetString());
    }

    [Fact]
    public void Build_NonAscii_NotEscaped() =>
        Assert.Equal("""{"x-test":"Grüße 日本 <a>&'"}""", Build(Metadata(("x-test", "Grüße 日本 <a>&'")))["WSS_REQUEST_HEADERS"]);

    [Fact]
    public void Build_Nul_Removed()
    {
        var environment = Build(Metadata(("origin", "a\0b")), ("X", "\0y"));
        Assert.Equal("ab", environment["WSS_ORIGIN"]);
        Assert.Equal("y", environment["X"]);
        Assert.DoesNotContain(environment.Values, value => value.Contains('\0', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(130_998, false, "a")]
    [InlineData(130_999, true, "a")]
    [InlineData(65_499, false, "ü")]
    [InlineData(65_500, true, "ü")]
    public void TooLong_NameAndValueInUtf8_Named(int count, bool tooLong, string character)
    {
        var environment = new Dictionary<string, string> { ["ok"] = "x", ["N"] = string.Concat(Enumerable.Repeat(character, count)) };
        Assert.Equal(tooLong ? "N" : null, WorkerEnvironment.TooLong(environment));
    }

    [Fact]
    public void TooLong_ManyHeaders_JsonNamed()
    {
        var headers = Enumerable.Range(0, 140).Select(i => ($"x-{i}", new string('x', 1000))).ToArray();
        Assert.Equal("WSS_REQUEST_HEADERS", WorkerEnvironment.TooLong(Build(Metadata(headers))));
    }
}
