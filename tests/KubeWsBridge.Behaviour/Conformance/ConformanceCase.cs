namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>What a client sends after the handshake, and what an echo behind the bridge must make of it.</summary>
/// <param name="Id">Section of RFC 6455 and a number.</param>
/// <param name="Title">The rule.</param>
/// <param name="Ending">Who closes.</param>
/// <param name="CloseCode">The code of the server's close frame; 1005 for an empty one.</param>
/// <param name="Steps">What is sent.</param>
public sealed record ConformanceCase(string Id, string Title, Ending Ending, int CloseCode, IReadOnlyList<Step> Steps)
{
    /// <summary>The payload that must come back.</summary>
    public byte[] Echo { get; private init; } = [];

    /// <summary>Payload of which any first part may come back behind <see cref="Echo"/>: the sound beginning of what is at fault.</summary>
    public byte[] EchoAtMost { get; private init; } = [];

    /// <summary>The pongs that must come back, in order.</summary>
    public IReadOnlyList<byte[]> Pongs { get; private init; } = [];

    /// <summary>Everything is right; the client closes with 1000 behind it.</summary>
    public static ConformanceCase Echoes(string id, string title, byte[] echo, params Step[] steps) =>
        new(id, title, Ending.Appended, 1000, steps) { Echo = echo };

    /// <summary>The client closes in its own way.</summary>
    public static ConformanceCase Closes(string id, string title, int code, params Step[] steps) => new(id, title, Ending.Own, code, steps);

    /// <summary>The server must fail the connection.</summary>
    public static ConformanceCase Fails(string id, string title, int code, params Step[] steps) => new(id, title, Ending.Failure, code, steps);

    /// <summary>The same with <see cref="Echo"/>.</summary>
    public ConformanceCase WithEcho(byte[] echo) => this with { Echo = echo };

    /// <summary>The same with <see cref="EchoAtMost"/>.</summary>
    public ConformanceCase WithEchoUpTo(byte[] echo) => this with { EchoAtMost = echo };

    /// <summary>The same with <see cref="Pongs"/>.</summary>
    public ConformanceCase WithPongs(IReadOnlyList<byte[]> pongs) => this with { Pongs = pongs };
}
