using KubeWsBridge.Bridge.Admission.Memory;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Who may come in, and how many.</summary>
public sealed record AdmissionOptions
{
    /// <summary>Instead of a number: as many as the memory limit has room for.</summary>
    public const int Auto = 0;

    /// <summary>Most sessions at a time, 1 or more, or <see cref="Auto"/>; 256, as the ancestor has it.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>Most workers at a time, 1 or more, or <see cref="Auto"/>; 64, as the ancestor has it. Each session needs one.</summary>
    public int MaxProcesses { get; init; } = 64;

    /// <summary>Most sessions per client address, 0 for no limit (the default: behind a proxy all clients may share one).</summary>
    public int MaxConnectionsPerAddress { get; init; }

    /// <summary>Handshakes per second and client address, with bursts of twice that; 0 for no limit (the default).</summary>
    public double ConnectRate { get; init; }

    /// <inheritdoc cref="MemoryOptions"/>
    public MemoryOptions Memory { get; init; } = new();

    /// <summary>Whether memory limits who comes in.</summary>
    public bool HasAuto => MaxConnections == Auto || MaxProcesses == Auto;
}
