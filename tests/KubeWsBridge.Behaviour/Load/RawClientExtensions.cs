using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>More ways to read.</summary>
internal static class RawClientExtensions
{
    /// <summary>Reads whatever comes until the connection ends, by FIN or reset.</summary>
    public static async Task<string> ReadToCutAsync(this RawClient client)
    {
        var text = new StringBuilder();
        while (await client.ReadExactlyAsync(1) is { } bytes)
            text.Append((char)bytes[0]);
        return text.ToString();
    }

    /// <summary>Reads to the end of the connection with a pause after each frame: all data, and the close code (1006 when none came).</summary>
    public static async Task<(byte[] Data, int CloseCode)> ReadToEndAsync(this RawClient client, Func<Task> pause)
    {
        var data = new MemoryStream();
        var code = 1006;
        while (await client.ReadFrameAsync() is { } frame)
        {
            if (frame.Opcode == 8)
                code = frame.CloseCode;
            else
                data.Write(frame.Payload);
            await pause();
        }

        return (data.ToArray(), code);
    }
}
