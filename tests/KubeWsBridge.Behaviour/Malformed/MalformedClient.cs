using System.Net.Sockets;
using KubeWsBridge.Behaviour.Conformance;
using KubeWsBridge.Behaviour.Conformance.Transports;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Malformed;

/// <summary>Sends a malformed stream, and objects to an answer that is malformed too, to a wrong close code, and to none of an end.</summary>
public static class MalformedClient
{
    /// <summary>Returns what became of it, in a few words.</summary>
    public static Task<string> RunAsync(MalformedStream stream, int port, Http2Transport http2) =>
        stream.IsHttp2 ? RunHttp2Async(stream, port, http2) : RunTcpAsync(stream, port);

    private static async Task<string> RunTcpAsync(MalformedStream stream, int port)
    {
        await using var client = stream.SpoilsHandshake ? await RawClient.TcpAsync(port) : await RawClient.ConnectAsync(port);
        var seen = new Observation();
        var reading = ReadAsync(buffer => client.Socket.ReceiveAsync(buffer).AsTask(), seen, stream.SpoilsHandshake);
        try
        {
            foreach (var piece in stream.Pieces)
            {
                await client.Socket.SendAsync(piece).WaitAsync(RawClient.Patience);
                await Task.Yield();
            }
        }
        catch (SocketException)
        {
            // The bridge has seen enough.
        }

        await AnsweredAsync(stream, seen);
        Leave(stream, client);
        await reading;
        await seen.EndAsync();
        return Judge(stream, seen);
    }

    private static async Task<string> RunHttp2Async(MalformedStream stream, int port, Http2Transport http2)
    {
        await using var connection = await http2.ConnectAsync(port);
        var seen = new Observation();
        var reading = ReadAsync(buffer => connection.ReceiveAsync(buffer), seen, expectsAnswer: false);
        try
        {
            foreach (var piece in stream.Pieces)
                await connection.SendAsync(piece);
        }
        catch (IOException)
        {
            // The bridge has seen enough.
        }

        await AnsweredAsync(stream, seen);
        await connection.DisposeAsync(); // there is no half-close here
        await reading;
        return Judge(stream, seen) + " over HTTP/2";
    }

    // Kestrel tells a client that has half-closed nothing more, so that answers must be awaited before.
    private static async Task AnsweredAsync(MalformedStream stream, Observation seen)
    {
        if (stream.EndsWithReset || seen.End is not null)
            return;
        if (stream.HasWholeHead)
            await seen.StatusAsync();
        if (stream.CloseCode is not null && (seen.Status ?? 101) == 101)
            await seen.CloseAsync();
    }

    private static void Leave(MalformedStream stream, RawClient client)
    {
        try
        {
            if (stream.EndsWithReset)
                client.Reset();
            else
                client.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The bridge was faster.
        }
    }

    private static async Task ReadAsync(Func<Memory<byte>, Task<int>> receive, Observation seen, bool expectsAnswer)
    {
        var reader = new AnswerReader(seen, expectsAnswer);
        var buffer = new byte[16384];
        try
        {
            while (await receive(buffer).WaitAsync(RawClient.Patience) is > 0 and var count)
                reader.Read(buffer.AsSpan(0, count));
            seen.Ended(reader.IsInside ? "an end inside something" : "an end");
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            seen.Ended("a cut");
        }
        catch (NullReferenceException exception) when (exception.Source == "System.Net.Sockets")
        {
            seen.Ended("a cut"); // a read that begins while the client resets its socket
        }
        catch (Exception exception)
        {
            seen.Ended($"{exception}");
        }
    }

    private static string Judge(MalformedStream stream, Observation seen)
    {
        Assert.True(seen.End is "an end" or "a cut", seen.ToString());
        if (!stream.EndsWithReset && (seen.Status ?? 101) == 101)
            Assert.True(stream.CloseCode is null || stream.CloseCode == seen.Close?.CloseCode, $"Expected close {stream.CloseCode}, got: {seen}");
        var answer = seen.Status is { } status and not 101 ? $"status {status}" : seen.Close is { } close ? $"close {close.CloseCode}" : "nothing to say";
        return $"{answer} and {seen.End}{(stream.EndsWithReset ? " by the client" : "")}";
    }
}
