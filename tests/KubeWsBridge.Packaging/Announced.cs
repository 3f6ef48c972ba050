namespace KubeWsBridge.Packaging;

/// <summary>What the chart uses and the program is about to have: an entry goes when the program has it.</summary>
public static class Announced
{
    /// <summary>Keys of the configuration file that are unknown, or known and not available yet.</summary>
    public static IReadOnlyList<string> ConfigurationKeys { get; } =
        ["drainDelay", "drainCloseCode", "gracePeriod", "tlsEmail", "tlsAcmeStateDir", "tlsAcmeDirectory"];

    /// <summary>Metrics, by their Prometheus name.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["kubewsbridge_capacity_sessions"];
}
