using KubeWsBridge.Behaviour.Conformance.Transports;

namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>Runs one case on a connection and judges it.</summary>
public static class ConformanceRun
{
    /// <summary>Fails the test unless everything is as the case demands: data, pongs, close code and the kind of end.</summary>
    public static async Task RunAsync(ConformanceCase rule, IConformanceConnection connection)
    {
        var seen = new Observation();
        var reading = ReadAsync(connection, seen);
        var sending = SendAsync(rule, connection, seen);
        try
        {
            // Who has sent its close frame need not take what still comes: a flow-controlled stream can be over before all is sent.
            if (await Task.WhenAny(sending, reading) == sending)
                await sending;
            await seen.CloseAsync();
            if (rule.Ending == Ending.Failure)
                await connection.AcceptCloseAsync();
            await seen.EndAsync();
        }
        finally
        {
            await connection.DisposeAsync();
            await reading;
            await sending;
        }

        Assert.True(rule.CloseCode == seen.Close!.CloseCode, $"Expected close {rule.CloseCode}, got: {seen}");
        Assert.Equal("end of stream", seen.End);
        Assert.Equal(rule.Pongs.Select(Convert.ToHexString), seen.Pongs);
        AssertEcho(rule, seen.Data);
    }

    private static async Task SendAsync(ConformanceCase rule, IConformanceConnection connection, Observation seen)
    {
        try
        {
            foreach (var step in rule.Steps)
            {
                await connection.SendAsync(step.Bytes);
                await seen.DataAsync(step.Data);
                await seen.PongsAsync(step.Pongs);
            }

            if (rule.Ending == Ending.Appended)
                await connection.SendAsync(ClientFrames.Close(1000));
        }
        catch (Exception exception)
            when (exception is IOException or ObjectDisposedException && (rule.Ending != Ending.Appended || seen.End is not null))
        {
            // The server may have ended the connection before the last step was sent, or before we were told that it was; the reader sees how.
        }
    }

    private static async Task ReadAsync(IConformanceConnection connection, Observation seen)
    {
        var frames = new ServerFrameReader();
        var buffer = new byte[65536];
        try
        {
            while (await connection.ReceiveAsync(buffer) is > 0 and var count)
            {
                foreach (var frame in frames.Read(buffer.AsSpan(0, count)))
                    seen.Add(frame);
            }

            seen.Ended(frames.Unfinished == 0 ? "end of stream" : "end of stream inside a frame");
        }
        catch (Exception exception)
        {
            seen.Ended($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static void AssertEcho(ConformanceCase rule, byte[] data)
    {
        if (rule.EchoAtMost.Length == 0)
        {
            Assert.True(rule.Echo.AsSpan().SequenceEqual(data), $"Expected {Describe(rule.Echo)} back, got {Describe(data)}");
            return;
        }

        byte[] most = [.. rule.Echo, .. rule.EchoAtMost];
        Assert.True(
            data.Length >= rule.Echo.Length && most.AsSpan().StartsWith(data),
            $"Expected {Describe(rule.Echo)} and a part of {Describe(rule.EchoAtMost)} back, got {Describe(data)}");
    }

    private static string Describe(byte[] bytes) => $"{bytes.Length} bytes {Convert.ToHexString(bytes.AsSpan(0, Math.Min(32, bytes.Length)))}";
}
