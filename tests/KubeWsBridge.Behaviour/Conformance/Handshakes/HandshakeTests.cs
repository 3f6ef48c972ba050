using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Conformance.Handshakes;

/// <summary>RFC 6455 section 4 over HTTP/1.1, against the real program.</summary>
public class HandshakeTests(EchoBridge echo) : IClassFixture<EchoBridge>
{
    private static readonly Dictionary<string, HandshakeCase> Cases = new[] { Accepted.Cases, Refused.Cases }.SelectMany(c => c).ToDictionary(c => c.Id);

    public static TheoryData<string, string> Right() => Data(Accepted.Cases);

    public static TheoryData<string, string> Wrong() => Data(Refused.Cases);

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Rfc6455_RightHandshake_IsAccepted(string id, string title)
    {
        _ = title;
        var rule = Cases[id];
        await using var client = await RawClient.TcpAsync(echo.Bridge.Port);
        await SendAsync(client, rule);
        await client.ReadResponseAsync();

        var answer = HandshakeAnswer.Read(Encoding.Latin1.GetBytes(client.Response))!;
        Assert.Equal(101, answer.Status);
        Assert.Equal("websocket", answer["upgrade"], ignoreCase: true);
        Assert.Equal("upgrade", answer["connection"], ignoreCase: true);
        Assert.Equal(rule.Accept, answer["sec-websocket-accept"]);
        Assert.Equal(rule.Subprotocol, answer["sec-websocket-protocol"]);
        foreach (var forbidden in new[] { "sec-websocket-extensions", "sec-websocket-key", "content-length", "transfer-encoding" })
            Assert.Null(answer[forbidden]);

        await client.SendTextAsync("works");
        Assert.Equal("works"u8.ToArray(), await client.ReadDataAsync(5));
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToEndAsync()).CloseCode);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Rfc6455_WrongHandshake_IsRefusedInHttp(string id, string title)
    {
        _ = title;
        var rule = Cases[id];
        await using var client = await RawClient.TcpAsync(echo.Bridge.Port);
        await SendAsync(client, rule);

        var received = new List<byte>();
        while (await client.ReadExactlyAsync(1) is { } next)
            received.AddRange(next);
        var answer = HandshakeAnswer.Read(received.ToArray());

        Assert.True(rule.Status == answer?.Status, $"Expected {rule.Status}, got: {Encoding.Latin1.GetString(received.ToArray())}");
        Assert.Equal(received.Count, answer!.Length);
        Assert.Contains("close", answer["connection"]!, StringComparison.OrdinalIgnoreCase);
        if (rule.Status == 426)
        {
            Assert.Equal("13", answer["sec-websocket-version"]); // section 4.4
            Assert.Equal("websocket", answer["upgrade"], ignoreCase: true); // RFC 9110 section 15.5.22
        }
    }

    [Fact]
    public async Task Rfc6455_4_1_FramesRightBehindTheRequest_AreEchoed()
    {
        await using var client = await RawClient.TcpAsync(echo.Bridge.Port);
        await client.SendAsync([.. HandshakeCase.Plus(), .. ClientFrames.Text("early"), .. ClientFrames.Ping([1]), .. ClientFrames.Close(1000)]);
        await client.ReadResponseAsync();

        Assert.Equal(101, client.Status);
        var (data, code) = await client.ReadToEndAsync();
        Assert.Equal("early"u8.ToArray(), data);
        Assert.Equal(1000, code);
    }

    [Fact]
    public async Task Rfc6455_4_1_AMegabyteRightBehindTheRequest_IsEchoed()
    {
        await using var client = await RawClient.TcpAsync(echo.Bridge.Port);
        var payload = ClientFrames.Bytes(EchoBridge.MaxPayload);
        var sending = client.SendAsync([.. HandshakeCase.Plus(), .. ClientFrames.Binary(payload), .. ClientFrames.Close(1000)]);
        await client.ReadResponseAsync();

        var (data, code) = await client.ReadToEndAsync();
        await sending;
        Assert.Equal(payload, data);
        Assert.Equal(1000, code);
    }

    [Fact]
    public void Cases_AreDistinct() =>
        Assert.Equal(Cases.Count, Cases.Values.Select(c => c.Title).Distinct().Count());

    private static async Task SendAsync(RawClient client, HandshakeCase rule)
    {
        if (!rule.InBytes)
        {
            await client.SendAsync(rule.Request);
            return;
        }

        foreach (var next in rule.Request)
            await client.SendAsync(next);
    }

    private static TheoryData<string, string> Data(IEnumerable<HandshakeCase> cases)
    {
        var data = new TheoryData<string, string>();
        foreach (var rule in cases)
            data.Add(rule.Id, rule.Title);
        return data;
    }
}
