using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>An event as a test compares it; the payload is in hexadecimal.</summary>
internal sealed record DecodedEvent(
    DecodeKind Kind,
    string Payload,
    Opcode Type = 0,
    bool End = false,
    DecodeError Error = 0,
    int CloseCode = 0)
{
    public static DecodedEvent Message(Opcode type, ReadOnlySpan<byte> payload) =>
        new(DecodeKind.Data, Convert.ToHexString(payload), type, End: true);

    public static DecodedEvent Part(Opcode type, ReadOnlySpan<byte> payload) =>
        new(DecodeKind.Data, Convert.ToHexString(payload), type, End: false);

    public static DecodedEvent Control(DecodeKind kind, ReadOnlySpan<byte> payload) => new(kind, Convert.ToHexString(payload));

    public static DecodedEvent Closed(int code, ReadOnlySpan<byte> reason) =>
        new(DecodeKind.Close, Convert.ToHexString(reason), CloseCode: code);

    public static DecodedEvent Failed(DecodeError error) =>
        new(DecodeKind.Error, "", Error: error, CloseCode: DecodeErrors.CloseCodeOf(error));
}
