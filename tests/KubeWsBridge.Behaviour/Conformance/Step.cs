namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>One thing a case does: it sends bytes, and then may wait for what the server must have sent by then.</summary>
/// <param name="Bytes">Sent in one piece.</param>
/// <param name="Data">Bytes of data, since the beginning, to wait for.</param>
/// <param name="Pongs">Pongs, since the beginning, to wait for: then the server has read everything that came in one piece with the ping.</param>
public sealed record Step(byte[] Bytes, int Data = 0, int Pongs = 0)
{
    /// <summary>Sends, and waits for nothing.</summary>
    public static implicit operator Step(byte[] bytes) => new(bytes);

    /// <summary>The same as the operator.</summary>
    public static Step FromBytes(byte[] bytes) => bytes;

    /// <summary>Each byte in a piece of its own.</summary>
    public static Step[] OneByOne(byte[] bytes) => [.. bytes.Select(b => new Step([b]))];
}
