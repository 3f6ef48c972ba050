using System.IO.Pipelines;
using System.Text;
using KubeWsBridge.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Tests.Hosting;

public class Http2PriorKnowledgeTests
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();
    private readonly Connection _connection = new();
    private string? _served;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "HTTP/1.1")]
    [InlineData("P", "HTTP/1.1")]
    [InlineData("PRINT / HTTP/1.1\r\n", "HTTP/1.1")]
    [InlineData(Preface, "HTTP/2")]
    [InlineData("PRI * HTTP/2.0", "HTTP/2")]
    public async Task Use_FirstBytes_DecideAndStayUnread(string received, string expected)
    {
        var handled = Handle();
        foreach (var piece in received.Chunk(1))
            await _connection.Client.Output.WriteAsync(Encoding.ASCII.GetBytes(piece));
        await _connection.Client.Output.CompleteAsync();
        await handled;

        Assert.Equal(expected, _served);
        var left = await _connection.Transport.Input.ReadAsync();
        Assert.Equal(received, Encoding.ASCII.GetString(left.Buffer));
    }

    [Fact]
    public async Task Use_SilentClient_IsCutAfterTheTimeout()
    {
        var handled = Handle();
        _time.Advance(Timeout - TimeSpan.FromSeconds(1));
        Assert.False(handled.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await handled;

        Assert.True(_connection.IsAborted);
        Assert.Null(_served);
    }

    [Fact]
    public async Task Use_ClientResets_IsNoError()
    {
        var handled = Handle();
        await _connection.Client.Output.CompleteAsync(new ConnectionResetException("reset"));
        await handled;

        Assert.True(_connection.IsAborted);
        Assert.Null(_served);
    }

    private Task Handle()
    {
        var knowledge = new Http2PriorKnowledge(Timeout, _time);
        knowledge.Capture(_ => Serve("HTTP/2"));
        return knowledge.Use(_ => Serve("HTTP/1.1"))(_connection);
    }

    private Task Serve(string protocol)
    {
        _served = protocol;
        return Task.CompletedTask;
    }

    private sealed class Connection : DefaultConnectionContext
    {
        public Connection()
        {
            var toServer = new Pipe();
            var toClient = new Pipe();
            Transport = new Duplex(toServer.Reader, toClient.Writer);
            Client = new Duplex(toClient.Reader, toServer.Writer);
        }

        public IDuplexPipe Client { get; }

        public bool IsAborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

        private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
