namespace KubeWsBridge.Bridge.Pumping;

/// <summary>Sizes of the two pumps.</summary>
public sealed record PumpOptions
{
    /// <summary>Most bytes read from a worker at once, and so most bytes of one message to the client; 64 KiB, as the ancestor has it.</summary>
    public int BufferSize { get; init; } = 65_536;
}
