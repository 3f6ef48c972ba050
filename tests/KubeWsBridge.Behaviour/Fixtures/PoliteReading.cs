namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Reads as a browser does: pings and the close frame are answered.</summary>
public static class PoliteReading
{
    /// <summary>Reads to the end of the connection, or to a close frame, which is answered, and the end after it.</summary>
    /// <remarks>Heartbeats keep a polite client alive for ever, so the whole wait is bounded, not only each read.</remarks>
    public static Task<Ending> ReadToCloseAsync(this RawClient client) => ReadAsync(client).WaitAsync(TimeSpan.FromMinutes(2));

    private static async Task<Ending> ReadAsync(RawClient client)
    {
        var data = new List<byte>();
        while (await client.ReadFrameAsync() is { } frame)
        {
            switch (frame.Opcode)
            {
                case 8:
                    await client.TrySendAsync(RawClient.Frame(8, frame.Payload));
                    Assert.Null(await client.ReadExactlyAsync(1));
                    return new Ending([.. data], frame.CloseCode, frame.CloseReason);
                case 9:
                    await client.TrySendAsync(RawClient.Frame(10, frame.Payload));
                    break;
                case 0 or 1 or 2:
                    data.AddRange(frame.Payload);
                    break;
            }
        }

        return new Ending([.. data], 1006, "");
    }

    /// <summary>Reads data until the text has come whole, and returns all there was up to then.</summary>
    public static async Task<string> ReadUntilAsync(this RawClient client, string text)
    {
        var all = "";
        while (!all.Contains(text, StringComparison.Ordinal))
        {
            var frame = await client.ReadFrameAsync();
            Assert.True(frame is { Opcode: 2 }, $"Expected '{text}', got {frame?.ToString() ?? "the end"} after '{all}'.");
            all += frame!.Text;
        }

        return all;
    }

    /// <summary>Sends, unless the other side is gone already.</summary>
    public static async Task TrySendAsync(this RawClient client, byte[] bytes)
    {
        try
        {
            await client.SendAsync(bytes);
        }
        catch (IOException)
        {
            // Whoever reads next sees the end.
        }
    }
}
