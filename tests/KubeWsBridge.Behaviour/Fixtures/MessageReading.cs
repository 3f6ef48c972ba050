namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Reads messages as a browser's script sees them: put together from their fragments, control frames left out.</summary>
public static class MessageReading
{
    /// <summary>Reads one message; the test fails if the connection ends instead.</summary>
    public static async Task<ReceivedFrame> ReadMessageAsync(this RawClient client)
    {
        var opcode = 0;
        var data = new List<byte>();
        while (await client.ReadFrameAsync() is { } frame)
        {
            if (frame.Opcode == 9)
                await client.TrySendAsync(RawClient.Frame(10, frame.Payload));
            Assert.True(frame.Opcode != 8, $"Expected a message, got close {frame.CloseCode} '{frame.CloseReason}'.");
            if (frame.Opcode > 2)
                continue;
            opcode = Math.Max(opcode, frame.Opcode);
            data.AddRange(frame.Payload);
            if (frame.Final)
                return new ReceivedFrame(true, opcode, [.. data]);
        }

        throw new EndOfStreamException($"The connection ended after {data.Count} bytes of a message.");
    }

    /// <summary>Reads one message, which must be text.</summary>
    public static async Task<string> ReadTextAsync(this RawClient client)
    {
        var message = await client.ReadMessageAsync();
        Assert.True(message.Opcode == 1, $"Expected text, got {message}.");
        return message.Text;
    }

    /// <summary>Sends a binary message in fragments of this size.</summary>
    public static async Task SendFragmentsAsync(this RawClient client, byte[] message, int size)
    {
        for (var sent = 0; sent < message.Length; sent += size)
        {
            var fragment = message.AsMemory(sent, Math.Min(size, message.Length - sent));
            await client.SendFrameAsync(sent == 0 ? 2 : 0, fragment.Span, final: sent + size >= message.Length);
        }
    }

}
