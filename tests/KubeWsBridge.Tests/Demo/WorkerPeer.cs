using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KubeWsBridge.Tests.Demo;

/// <summary>The bridge's side of a demo worker: a real listener, the variables that lead to it and the conversation.</summary>
internal sealed class WorkerPeer : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _deadline = new(Deadline);

    public WorkerPeer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string Id { get; } = Guid.NewGuid().ToString();

    public Dictionary<string, string> Variables(int? port = null) => new()
    {
        ["WSS_ENABLED"] = "1",
        ["WSS_CONNECTION_ID"] = Id,
        ["WSS_TCP_HOST"] = "127.0.0.1",
        ["WSS_TCP_PORT"] = (port ?? Port).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["WSS_REQUEST_PATH"] = "/grüße \"<&>",
        ["WSS_CONFIG_TLS_EAB_MAC_KEY"] = "secret",
    };

    /// <summary>A port where nobody listens.</summary>
    public static int ClosedPort()
    {
        using var peer = new WorkerPeer();
        return peer.Port;
    }

    /// <summary>Takes the back-connection, checks id and greeting, has 1 MB echoed and ends the conversation; returns the greeting.</summary>
    public async Task<JsonElement> ConverseAsync(byte[]? withTheId = null)
    {
        using var worker = await _listener.AcceptTcpClientAsync(_deadline.Token);
        await using var stream = worker.GetStream();
        if (withTheId is not null)
            await stream.WriteAsync(withTheId, _deadline.Token);
        Assert.Equal(Id, Encoding.UTF8.GetString(await ReadLineAsync(stream)));
        var hello = JsonSerializer.Deserialize<JsonElement>(await ReadLineAsync(stream));
        if (withTheId is not null)
            Assert.Equal(withTheId, await ReadAsync(stream, withTheId.Length));

        var megabyte = RandomNumberGenerator.GetBytes(1_000_000);
        var sending = stream.WriteAsync(megabyte, _deadline.Token);
        var echo = await ReadAsync(stream, megabyte.Length);
        Assert.True(megabyte.AsSpan().SequenceEqual(echo), "The echo differs.");
        await sending;

        worker.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], _deadline.Token));
        return hello;
    }

    public static void AssertHello(JsonElement hello, string runtime)
    {
        Assert.Equal("hello", hello.GetProperty("type").GetString());
        Assert.True(hello.GetProperty("pid").GetInt32() > 0);
        Assert.StartsWith(runtime, hello.GetProperty("runtime").GetString(), StringComparison.Ordinal);
        var variables = hello.GetProperty("env");
        Assert.Equal("1", variables.GetProperty("WSS_ENABLED").GetString());
        Assert.Equal("/grüße \"<&>", variables.GetProperty("WSS_REQUEST_PATH").GetString());
        Assert.All(variables.EnumerateObject(), variable => Assert.StartsWith("WSS_", variable.Name, StringComparison.Ordinal));
        Assert.False(variables.TryGetProperty("WSS_CONFIG_TLS_EAB_MAC_KEY", out _));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _deadline.Dispose();
    }

    private async Task<byte[]> ReadLineAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        while ((await ReadAsync(stream, 1))[0] is var next and not (byte)'\n')
            line.Add(next);
        return [.. line];
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _deadline.Token);
        return bytes;
    }
}
