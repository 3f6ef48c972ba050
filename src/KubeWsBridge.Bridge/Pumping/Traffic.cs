using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Pumping;

/// <summary>What a session has carried. Each direction has one writer at a time; readers may see a value that is a moment old.</summary>
public sealed class Traffic
{
    private long _bytesReceived;
    private long _messagesReceived;
    private long _bytesSent;
    private long _messagesSent;
    private TrafficCount _taken;

    /// <summary>Payload bytes from the client.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Whole messages from the client.</summary>
    public long MessagesReceived => Volatile.Read(ref _messagesReceived);

    /// <summary>Payload bytes to the client.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Messages to the client.</summary>
    public long MessagesSent => Volatile.Read(ref _messagesSent);

    /// <summary>What has been carried since the last call; for one caller at a time.</summary>
    internal TrafficCount TakeFresh()
    {
        var now = new TrafficCount(BytesReceived, MessagesReceived, BytesSent, MessagesSent);
        var fresh = now - _taken;
        _taken = now;
        return fresh;
    }

    /// <summary>Counts a piece of a message from the client.</summary>
    internal void CountReceived(int bytes, bool endOfMessage)
    {
        _bytesReceived += bytes;
        if (endOfMessage)
            _messagesReceived++;
    }

    /// <summary>Counts a message to the client.</summary>
    internal void CountSent(int bytes)
    {
        _bytesSent += bytes;
        _messagesSent++;
    }
}
