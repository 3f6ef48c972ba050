namespace KubeWsBridge.Bridge.Admission;

/// <summary>Who may come in, and how many.</summary>
public sealed record AdmissionOptions
{
    /// <summary>Most sessions at a time, 1 or more; 256, as the ancestor has it.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>Most workers at a time, 1 or more; 64, as the ancestor has it. Each session needs one.</summary>
    public int MaxProcesses { get; init; } = 64;

    /// <summary>Most sessions per client address, 0 for no limit (the default: behind a proxy all clients may share one).</summary>
    public int MaxConnectionsPerAddress { get; init; }

    /// <summary>Handshakes per second and client address, with bursts of twice that; 0 for no limit (the default).</summary>
    public double ConnectRate { get; init; }
}
