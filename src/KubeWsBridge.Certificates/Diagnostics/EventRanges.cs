namespace KubeWsBridge.Certificates.Diagnostics;

/// <summary>The first log event id of each room, so that an id tells where a line came from; the bridge's own begin with 1.</summary>
public static class EventRanges
{
    /// <summary>Handshakes, and what is shown in them.</summary>
    public const int Tls = 2000;

    /// <summary>Certificate files: loading, watching.</summary>
    public const int Files = 2100;
}
