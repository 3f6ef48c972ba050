using System.Security.Cryptography;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>The messages framing, spoken by plain PHP.</summary>
public sealed class MessagesTests(MessagesTests.Fixture fixture) : IClassFixture<MessagesTests.Fixture>
{
    private const int Text = 1;
    private const int Binary = 2;
    private const int Close = 8;
    private const int Ping = 9;
    private const int Pong = 10;

    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Fact]
    public async Task Messages_BothWays_KeepTypeAndBoundaries()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        (int Opcode, byte[] Payload)[] messages =
        [
            (Text, "Grüße"u8.ToArray()), (Binary, [0, 10, 13, 255]), (Text, []), (Binary, []), (Text, "two\nlines\n"u8.ToArray()),
            (Binary, "text 5\nhello\n"u8.ToArray()), (Binary, RandomNumberGenerator.GetBytes(60_000)),
        ];

        await client.SendAsync([.. messages.SelectMany(message => RawClient.Frame(message.Opcode, message.Payload))]);

        foreach (var (opcode, payload) in messages)
        {
            var received = await ReadMessageAsync(client);
            Assert.Equal(opcode, received.Opcode);
            Assert.Equal(payload, received.Payload);
        }
    }

    [Theory]
    [InlineData(5_000_000, 1)]
    [InlineData(300_000, 7)]
    [InlineData(5, 5)]
    public async Task Message_InFragmentsOrLargerThanAllBuffers_ComesBackAsOne(int size, int fragments)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var payload = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("äöü€ ", size / 10 + 1)))[..(size / 10 * 10)];
        payload = payload.Length == 0 ? "é€"u8.ToArray() : payload;
        var sending = SendFragmentsAsync(client, payload, fragments);

        var (opcode, received) = await ReadMessageAsync(client);

        await sending;
        Assert.Equal(Text, opcode);
        Assert.Equal(payload, received);
    }

    [Theory]
    [InlineData("4001 bye for now", 4001, "bye for now")]
    [InlineData("1000", 1000, "")]
    [InlineData("", 1000, "")]
    [InlineData("1012 restart", 1012, "restart")]
    public async Task Close_ByTheWorker_ReachesTheClientWithCodeAndReason(string payload, int code, string reason)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync($"!close {payload}");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((code, reason), (ending.Code, ending.Reason));
        await _bridge.SaidAsync(session, $"got close: {$"{code} {reason}".Trim()};");
        await _bridge.SaidAsync(session, "end of file");
        Assert.StartsWith(
            $"worker-closed ({code}){(reason.Length > 0 ? $" \"{reason}\"" : "")} after ", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4000, "see you", "4000 see you")]
    [InlineData(1001, "", "1001")]
    public async Task Close_ByTheClient_ReachesTheWorkerWithCodeAndReason(int code, string reason, string said)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendCloseAsync(code, reason);

        Assert.Equal(code, (await client.ReadToCloseAsync()).Code);
        await _bridge.SaidAsync(session, $"got close: {said};");
        await _bridge.SaidAsync(session, "end of file");
        Assert.StartsWith($"client-closed ({code})", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_WithoutACode_ReachesTheWorkerAs1005()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendFrameAsync(Close, []);

        await _bridge.SaidAsync(session, "got close: 1005;");
    }

    [Fact]
    public async Task Client_GoneInsideAMessage_ReachesTheWorkerAs1006()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendFrameAsync(Text, "half a mess"u8, final: false);
        await client.WaitUntilTakenAsync();
        client.Reset();

        await _bridge.SaidAsync(session, "got close: 1006;");
        Assert.StartsWith("client-gone (1006)", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Violation_ByTheClient_ReachesBothWithItsCode()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendFrameAsync(Text, [0xC0]);

        Assert.Equal(1007, (await client.ReadToCloseAsync()).Code);
        await _bridge.SaidAsync(session, "got close: 1007 Text must be valid UTF-8.;");
    }

    [Fact]
    public async Task Pings_AskedFor_GoBothWays()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages?hello=messages%20pings");
        var session = await _bridge.OpenedAsync(client);

        await client.SendFrameAsync(Ping, "to the worker"u8);
        Assert.Equal((Pong, "to the worker"), Words(await ReadMessageAsync(client)));
        await _bridge.SaidAsync(session, "got ping: to the worker;");

        await client.SendTextAsync("!ping to the client");
        Assert.Equal((Ping, "to the client"), Words(await ReadMessageAsync(client)));
        await client.SendFrameAsync(Pong, "to the client"u8);
        await _bridge.SaidAsync(session, "got pong: to the client;");
    }

    [Fact]
    public async Task Pings_NotAskedFor_StayOutside()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendFrameAsync(Ping, "?"u8);
        await client.SendFrameAsync(Pong, "?"u8);
        await client.SendTextAsync("next");

        Assert.Equal((Pong, "?"), Words(await ReadMessageAsync(client)));
        Assert.Equal((Text, "next"), Words(await ReadMessageAsync(client)));
        Assert.Equal(0, _bridge.CountLogged($@"\[{session.Id}\] worker stderr: got "));
    }

    [Fact]
    public async Task Stdout_InsideAMessage_ComesBehindIt()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");

        await client.SendTextAsync(@"!raw text 6\nabc");
        Assert.Equal((false, Text, "abc"), Fragment(await client.ReadFrameAsync()));
        await client.SendTextAsync("!print printed");
        await client.WaitUntilTakenAsync();
        await client.SendTextAsync(@"!raw def\n");

        Assert.Equal((true, 0, "def"), Fragment(await client.ReadFrameAsync()));
        Assert.Equal((true, Binary, "printed"), Fragment(await client.ReadFrameAsync()));
    }

    [Theory]
    [InlineData(@"text 4\nhello\n", @"At byte 11 of its output, where there is ""o\\n"": a newline must follow the payload, which the header line said to have 4 bytes. Count bytes \(strlen\)")]
    [InlineData(@"hello", @"At byte 0 of its output, where there is ""hello"": a header line must begin with text, binary")]
    [InlineData(@"text 2\n\xc3(\n", @"must be UTF-8; send other bytes as binary")]
    [InlineData(@"close 4\n1006\n", @"a code that may be sent: 1000-1003, 1007-1014, 3000-4999")]
    [InlineData(@"binary 1 +\na\ntext 1\nb\n", @"after a frame with ""\+"" the next must be of the same type")]
    public async Task WrongFrame_OfTheWorker_EndsWith1011AndALineThatTellsWhere(string bytes, string line)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync($"!raw {bytes}");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1011, "The worker failed."), (ending.Code, ending.Reason));
        await _bridge.LoggedAsync($@"\[{session.Id}\] The worker broke the messages framing\. .*{line}");
        await _bridge.SaidAsync(session, @"got close: 1011 The worker failed\.;");
        Assert.StartsWith("framing-error (1011) after ", await _bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.Equal(1, _bridge.CountLogged($@"\[{session.Id}\] The worker broke"));
    }

    [Theory]
    [InlineData("3", "worker-failed (1011) \"status 3\" after ")]
    [InlineData("0", "framing-error (1011) after ")]
    public async Task Worker_EndsInsideAMessage_TheClientGetsACloseFrame(string status, string end)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");
        var session = await _bridge.OpenedAsync(client);

        await client.SendTextAsync(@"!raw text 100\nhalf");
        Assert.Equal((false, Text, "half"), Fragment(await client.ReadFrameAsync()));
        await client.SendTextAsync($"!exit {status}");

        Assert.Equal(1011, (await client.ReadToCloseAsync()).Code);
        Assert.StartsWith(end, await _bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 1000)]
    [InlineData("3", 1011)]
    public async Task Worker_EndsBetweenMessages_ItsStatusDecides(string status, int code)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/messages");

        await client.SendTextAsync($"!exit {status}");

        Assert.Equal(code, (await client.ReadToCloseAsync()).Code);
    }

    [Theory]
    [InlineData("reject 403 No entry for you", 403, "No entry for you", false)]
    [InlineData("reject 401", 401, "The request was refused.", false)]
    [InlineData("reject 429 Not so fast", 429, "Not so fast", true)]
    [InlineData("reject 503 Later, bitte: ü", 503, "Later, bitte: ü", true)]
    public async Task Reject_BeforeTheUpgrade_IsTheWorkersHttpAnswer(string hello, int status, string body, bool retry)
    {
        var path = Tag.Path("messages");
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, $"{path}?hello={Uri.EscapeDataString(hello)}");

        Assert.Equal(status, client.Status);
        Assert.Equal(retry, client.Response.Contains("\r\nRetry-After: ", StringComparison.Ordinal));
        Assert.Contains("\r\nContent-Type: text/plain; charset=utf-8\r\n", client.Response, StringComparison.Ordinal);
        var text = Encoding.UTF8.GetBytes(body + "\n");
        var answer = (await client.ReadExactlyAsync(text.Length + (client.Response.Contains("chunked", StringComparison.Ordinal) ? 4 : 0)))!;
        Assert.Contains(body + "\n", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        Assert.StartsWith($"rejected-by-worker. Its answer: {status}", await _bridge.RefusedAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reject_Worker_HasItsGraceToEndByItself()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync();
        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/messages?hello=reject%20403");

        Assert.Equal(403, client.Status);
        await bridge.LoggedAsync("worker stderr: end of file");
    }

    [Fact]
    public async Task Reject_AfterAnEarlyUpgrade_Is1008WithTheReason()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--upgrade", "early");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/messages?hello=reject%20403%20No%20entry");

        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1008, "No entry"), (ending.Code, ending.Reason));
        await bridge.LoggedAsync("rejected-by-worker. Its answer: 403 No entry.");
    }

    [Theory]
    [InlineData("messages protocol=chat.v2")]
    [InlineData("raw protocol=chat.v2")]
    public async Task Subprotocol_ChosenByTheWorker_IsInTheAnswer(string hello)
    {
        await using var client = await RawClient.ConnectAsync(
            _bridge.Port, $"/messages?hello={Uri.EscapeDataString(hello)}", "Sec-WebSocket-Protocol: chat.v1, chat.v2");

        Assert.Contains("\r\nSec-WebSocket-Protocol: chat.v2\r\n", client.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: chat.v1, chat.v3", "the client offers chat.v1, chat.v3")]
    [InlineData("X-Nothing: 1", "the client offers none")]
    public async Task Subprotocol_NotOffered_IsARefusalAtOnce(string header, string why)
    {
        var path = Tag.Path("messages");
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, $"{path}?hello=messages%20protocol=chat.v2", header);

        Assert.Equal(502, client.Status);
        Assert.StartsWith($"bad-hello. The hello line chooses the subprotocol chat.v2, but {why}.", await _bridge.RefusedAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat.v1", true)]
    [InlineData("chat.v2", false)]
    public async Task Subprotocol_AfterAnEarlyUpgrade_MustBeTheOneThatWasSaid(string chosen, bool good)
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--upgrade", "early", "--subprotocol", "chat.v1");
        await using var client = await RawClient.ConnectAsync(
            bridge.Port, $"/messages?hello=messages%20protocol={chosen}", "Sec-WebSocket-Protocol: chat.v2, chat.v1");

        Assert.Contains("\r\nSec-WebSocket-Protocol: chat.v1\r\n", client.Response, StringComparison.Ordinal);
        await client.TrySendAsync(RawClient.Frame(Text, "there?"u8));
        if (good)
        {
            Assert.Equal((Text, "there?"), Words(await ReadMessageAsync(client)));
            return;
        }

        Assert.Equal(1011, (await client.ReadToCloseAsync()).Code);
        await bridge.LoggedAsync("with --upgrade early the client has been told chat.v1 already");
    }

    [Fact]
    public async Task Hello_WithUnknownWords_IsARefusalAtOnceThatSaysWhatIsAllowed()
    {
        var path = Tag.Path("messages");
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, $"{path}?hello=mesages");

        Assert.Equal(502, client.Status);
        Assert.StartsWith(
            "bad-hello. In the hello line: \"mesages\" is not known; allowed is the id alone, or behind it \"raw\", \"messages\" or \"reject STATUS reason\".",
            await _bridge.RefusedAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Framing_OfTheRoute_IsForWorkersThatSayOnlyTheirId()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--framing", "messages");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/messages?hello=");

        await client.SendTextAsync("!getenv WSS_FRAMING");

        Assert.Equal((Text, "messages"), Words(await ReadMessageAsync(client)));
    }

    [Fact]
    public async Task Drain_Worker_IsToldAndMayEndTheSessionByItself()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--drain-period", "1h", "--drain-timeout", "30s");
        await using var leaving = await RawClient.ConnectAsync(bridge.Port, "/messages?leave=1012%20come%20again");
        await using var raw = await RawClient.ConnectAsync(bridge.Port, "/echo");
        var session = await bridge.OpenedAsync(leaving);

        bridge.Signal(15);
        var endings = await Task.WhenAll(leaving.ReadToCloseAsync(), raw.ReadToCloseAsync());

        Assert.Equal([(1012, "come again"), (1001, "The server is going away; reconnect.")], endings.Select(ending => (ending.Code, ending.Reason.Split(" retry=")[0])));
        await bridge.SaidAsync(session, @"got drain: 22\.5;"); // of 30 s, less the time the last worker may take
        Assert.Equal(0, await bridge.ExitAsync());
        Assert.Equal(0, bridge.CountLogged("The drain was cut short"));
    }

    [Fact]
    public async Task Drain_WorkerThatStays_IsEndedAfterThePeriod()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--drain-period", "500ms");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/messages");
        var session = await bridge.OpenedAsync(client);

        bridge.Signal(15);
        await bridge.SaidAsync(session, "got drain: 0.5;");
        await client.SendTextAsync("still served");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal(1001, ending.Code);
        await bridge.SaidAsync(session, @"got close: 1001 The server is going away; reconnect\. retry=\d+;");
        Assert.Equal(0, await bridge.ExitAsync());
    }

    /// <summary>The next message, its fragments put together, or the next control frame.</summary>
    private static async Task<(int Opcode, byte[] Payload)> ReadMessageAsync(RawClient client)
    {
        var (opcode, payload) = (0, new List<byte>());
        while (true)
        {
            var frame = await client.ReadFrameAsync() ?? throw new EndOfStreamException();
            if (frame.Opcode >= Close)
                return (frame.Opcode, frame.Payload);
            Assert.Equal(payload.Count > 0 || opcode != 0, frame.Opcode == 0);
            opcode = frame.Opcode == 0 ? opcode : frame.Opcode;
            payload.AddRange(frame.Payload);
            if (frame.Final)
                return (opcode, [.. payload]);
        }
    }

    private static async Task SendFragmentsAsync(RawClient client, byte[] payload, int count)
    {
        for (var i = 0; i < count; i++)
            await client.SendFrameAsync(i == 0 ? Text : 0, payload.AsSpan()[(payload.Length * i / count)..(payload.Length * (i + 1) / count)], i == count - 1);
    }

    private static (int, string) Words((int Opcode, byte[] Payload) message) => (message.Opcode, Encoding.UTF8.GetString(message.Payload));

    private static (bool, int, string) Fragment(ReceivedFrame? frame) => (frame!.Final, frame.Opcode, frame.Text);

    public sealed class Fixture() : BridgeFixture();
}
