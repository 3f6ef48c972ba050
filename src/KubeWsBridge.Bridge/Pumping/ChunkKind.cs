namespace KubeWsBridge.Bridge.Pumping;

/// <summary>What the bytes of a chunk are, as far as both its ends keep messages apart.</summary>
public enum ChunkKind : byte
{
    /// <summary>Bytes as they come.</summary>
    Bytes,

    /// <summary>A piece of a text message.</summary>
    Text,

    /// <summary>A piece of a binary message.</summary>
    Binary,

    /// <summary>The payload of a ping.</summary>
    Ping,

    /// <summary>The payload of a pong.</summary>
    Pong,

    /// <summary>Frames that are ready to be sent.</summary>
    Frames,
}
