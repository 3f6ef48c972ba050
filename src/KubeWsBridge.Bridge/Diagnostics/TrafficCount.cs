namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>Payload bytes and whole messages, both ways, seen from the bridge.</summary>
/// <param name="BytesReceived">From clients.</param>
/// <param name="MessagesReceived">From clients.</param>
/// <param name="BytesSent">To clients.</param>
/// <param name="MessagesSent">To clients.</param>
public readonly record struct TrafficCount(long BytesReceived, long MessagesReceived, long BytesSent, long MessagesSent)
{
    /// <summary>What came since an earlier count.</summary>
    public static TrafficCount operator -(in TrafficCount now, in TrafficCount then) => new(
        now.BytesReceived - then.BytesReceived, now.MessagesReceived - then.MessagesReceived,
        now.BytesSent - then.BytesSent, now.MessagesSent - then.MessagesSent);
}
