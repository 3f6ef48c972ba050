namespace KubeWsBridge.Bridge.Launching;

/// <summary>How patiently workers are started.</summary>
public sealed record LaunchOptions
{
    /// <summary>How long a worker may take to connect back; 30 s, as the ancestor has it.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a failed start is tried again, 0 or more; 3, as the ancestor has it.</summary>
    public int ConnectRetries { get; init; } = 3;
}
