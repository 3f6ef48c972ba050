using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 7.1.7: to fail a connection is to say why, after everything that was right is delivered.</summary>
internal static class Failures
{
    private static readonly byte[] Wrong = Frame(3, []);

    public static IEnumerable<ConformanceCase> Cases =>
    [
        Fails("7.1.7-one", "an echo on its way is delivered before the close frame", 1002, (byte[])[.. Text("echo"), .. Wrong])
            .WithEcho("echo"u8.ToArray()),
        Fails("7.1.7-many", "a thousand echoes on their way are delivered before the close frame", 1002,
            (byte[])[.. Enumerable.Range(0, 1000).SelectMany(i => Text([Letters(1000)[i]])), .. Wrong]).WithEcho(Letters(1000)),
        Fails("7.1.7-big", "a megabyte on its way is delivered before the close frame", 1002,
            (byte[])[.. Binary(Bytes(EchoBridge.MaxPayload)), .. Wrong]).WithEcho(Bytes(EchoBridge.MaxPayload)),
        Fails("7.1.7-pong", "pongs are sent before the close frame", 1002, (byte[])[.. Ping([1]), .. Ping([2]), .. Wrong]).WithPongs([[1], [2]]),
        Fails("7.1.7-twice", "a second mistake is not looked at", 1002, (byte[])[.. Wrong, .. Close(1000, [0xFF]), .. Text([0xFF])]),
        Fails("7.1.7-first", "the first of two mistakes gives the code", 1007, (byte[])[.. Text([0xFF]), .. Wrong]),
        Fails("7.1.7-behind", "messages behind the mistake are not delivered", 1002, (byte[])[.. Text("echo"), .. Wrong, .. Text("never")])
            .WithEcho("echo"u8.ToArray()),
        Fails("7.1.7-ping-behind", "a ping behind the mistake is not answered", 1002, (byte[])[.. Wrong, .. Ping([1])]),
        Fails("7.1.7-long", "a megabyte behind the mistake is thrown away", 1002, (byte[])[.. Text("echo"), .. Wrong, .. Binary(Bytes(EchoBridge.MaxPayload))])
            .WithEcho("echo"u8.ToArray()),
        Fails("7.1.7-close", "a close frame behind the mistake does not undo it", 1002, (byte[])[.. Wrong, .. Close(1000)]),
        Fails("7.1.7-first-bytes", "a client that speaks HTTP again", 1002, "GET / HTTP/1.1\r\nHost: again\r\n\r\n"u8.ToArray()),
        Fails("7.1.7-zeros", "a client that sends zeros", 1002, new byte[1000]),
    ];
}
