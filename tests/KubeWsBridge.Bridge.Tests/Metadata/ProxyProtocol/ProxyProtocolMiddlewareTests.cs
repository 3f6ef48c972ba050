using System.IO.Pipelines;
using System.Net;
using System.Text;
using KubeWsBridge.Bridge.Metadata.ProxyProtocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Metadata.ProxyProtocol;

public sealed class ProxyProtocolMiddlewareTests : ILogger<ProxyProtocolMiddleware>
{
    private const string Header = "PROXY TCP4 198.51.100.1 203.0.113.9 5000 443\r\n";

    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _toServer = new();
    private readonly List<string> _log = [];
    private ConnectionContext? _accepted;

    private Connection Connect(string peer = "10.0.0.1") => new(_toServer.Reader, IPEndPoint.Parse(peer + ":4000"));

    private Task RunAsync(ConnectionContext connection)
    {
        var middleware = new ProxyProtocolMiddleware(() => new([IPNetwork.Parse("10.0.0.0/8")]), TimeSpan.FromSeconds(5), _time, this);
        return middleware.Use(next =>
        {
            _accepted = next;
            return Task.CompletedTask;
        })(connection);
    }

    private async Task SendAsync(string text) => await _toServer.Writer.WriteAsync(Encoding.ASCII.GetBytes(text));

    [Fact]
    public async Task Use_Header_EndPointsOfClientAndRestReadable()
    {
        var connection = Connect();
        await SendAsync(Header + "GET /");
        await RunAsync(connection);

        Assert.Same(connection, _accepted);
        Assert.Equal(IPEndPoint.Parse("198.51.100.1:5000"), connection.RemoteEndPoint);
        Assert.Equal(IPEndPoint.Parse("203.0.113.9:443"), connection.LocalEndPoint);
        Assert.True(connection.Transport.Input.TryRead(out var read));
        Assert.Equal("GET /", Encoding.ASCII.GetString(read.Buffer));
        Assert.Empty(_log);
    }

    [Fact]
    public async Task Use_HeaderByteByByte_Accepted()
    {
        var connection = Connect();
        var run = RunAsync(connection);
        foreach (var character in Header)
        {
            Assert.False(run.IsCompleted);
            await SendAsync(character.ToString());
        }
        await run;
        Assert.Equal(IPEndPoint.Parse("198.51.100.1:5000"), connection.RemoteEndPoint);
    }

    [Fact]
    public async Task Use_ProxySpeaksForItself_EndPointsKept()
    {
        var connection = Connect();
        await SendAsync("PROXY UNKNOWN\r\n");
        await RunAsync(connection);
        Assert.Same(connection, _accepted);
        Assert.Equal(IPEndPoint.Parse("10.0.0.1:4000"), connection.RemoteEndPoint);
    }

    [Theory]
    [InlineData("203.0.113.5", Header, "not a trusted proxy")]
    [InlineData("10.0.0.1", "GET / HTTP/1.1\r\n", "does not begin with one")]
    [InlineData("10.0.0.1", "PROXY TCP4 nonsense\r\n", "malformed")]
    public async Task Use_NoHeaderOrNoTrust_Cut(string peer, string sent, string line)
    {
        var connection = Connect(peer);
        await SendAsync(sent);
        await RunAsync(connection);
        Assert.True(connection.Aborted);
        Assert.Null(_accepted);
        Assert.Contains(line, Assert.Single(_log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Debug")]
    [InlineData("PROXY TCP4 198.", "Warning")]
    public async Task Use_PeerLeavesEarly_CutAndQuietOnlyIfSilent(string sent, string level)
    {
        var connection = Connect();
        await SendAsync(sent);
        await _toServer.Writer.CompleteAsync();
        await RunAsync(connection);
        Assert.True(connection.Aborted);
        Assert.Null(_accepted);
        Assert.StartsWith(level, Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_Reset_CutQuietly()
    {
        var connection = Connect();
        await _toServer.Writer.CompleteAsync(new ConnectionResetException("reset"));
        await RunAsync(connection);
        Assert.True(connection.Aborted);
        Assert.StartsWith("Debug", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_SlowHeader_CutAtDeadline()
    {
        var connection = Connect();
        var run = RunAsync(connection);
        await SendAsync("PROXY TCP4");
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await run;
        Assert.True(connection.Aborted);
        Assert.Contains("longer than 5 s", Assert.Single(_log), StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}");

    private sealed class Connection : DefaultConnectionContext
    {
        public Connection(PipeReader input, EndPoint remote)
        {
            Transport = new Duplex(input);
            RemoteEndPoint = remote;
        }

        public bool Aborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => Aborted = true;
    }

    private sealed class Duplex(PipeReader input) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output { get; } = new Pipe().Writer;
    }
}
