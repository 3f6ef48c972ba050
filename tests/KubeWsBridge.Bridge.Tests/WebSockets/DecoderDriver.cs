using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>Feeds a decoder chunk by chunk as a real driver does, and checks on the way what every driver relies on.</summary>
internal sealed class DecoderDriver(long maxMessageSize)
{
    private readonly EventLog _log = new();
    private byte[] _pending = [];
    private FrameDecoder _decoder = new(maxMessageSize);

    /// <summary>All events of the bytes, cut into chunks at the given positions.</summary>
    public static IReadOnlyList<DecodedEvent> Decode(byte[] bytes, long maxMessageSize = long.MaxValue, params int[] cuts)
    {
        var driver = new DecoderDriver(maxMessageSize);
        var from = 0;
        foreach (var cut in cuts.Append(bytes.Length))
        {
            driver.Feed(bytes.AsSpan(from, cut - from));
            from = cut;
        }

        return driver._log.Events;
    }

    public static IReadOnlyList<DecodedEvent> DecodeBytewise(byte[] bytes, long maxMessageSize = long.MaxValue) =>
        Decode(bytes, maxMessageSize, [.. Enumerable.Range(1, Math.Max(0, bytes.Length - 1))]);

    private void Feed(ReadOnlySpan<byte> chunk)
    {
        _pending = [.. _pending, .. chunk];

        // Only while there is something to show: an event that waited for an empty call would be lost on most drivers.
        while (!_log.Ended && _pending.Length > 0)
        {
            var before = _pending.ToArray();
            var result = _decoder.Decode(_pending);
            Check(result, before);
            if (result.Kind == DecodeKind.NeedMore) return;
            var payload = Convert.ToHexString(_pending.AsSpan(result.PayloadOffset, result.PayloadLength));
            _log.Add(new DecodedEvent(result.Kind, payload, result.MessageType, result.EndOfMessage, result.Error, result.CloseCode));
            _pending = _pending[result.Consumed..];
        }
    }

    private void Check(DecodeResult result, byte[] before)
    {
        Assert.InRange(result.Consumed, result.PayloadOffset + result.PayloadLength, before.Length);
        if (result.Kind == DecodeKind.NeedMore)
        {
            Assert.Equal(0, result.Consumed);
            Assert.True(result.Needed > before.Length, "NeedMore asks for no more than there is.");
            Assert.Equal(before, _pending);
            Assert.True(before.Length < 131, "NeedMore lets the input grow beyond the longest control frame.");
        }
        else
        {
            Assert.True(result.Consumed > 0, "An event consumed nothing.");
        }
    }
}
