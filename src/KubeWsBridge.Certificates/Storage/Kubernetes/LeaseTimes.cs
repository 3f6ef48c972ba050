namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>The times of a Lease.</summary>
/// <param name="Duration">After how long without a change others may take it.</param>
internal sealed record LeaseTimes(TimeSpan Duration)
{
    /// <summary>How often it is renewed.</summary>
    public TimeSpan RenewEvery => Duration / 3;

    /// <summary>How soon renewing is tried again when it has failed.</summary>
    public TimeSpan RetryEvery => Duration / 7.5;

    /// <summary>When a holder that can't renew it gives up: earlier than others may take it, so that there are never two.</summary>
    public TimeSpan RenewDeadline => Duration * 2 / 3;

    /// <summary>As the API has it.</summary>
    public int DurationSeconds => Math.Max(1, (int)Math.Ceiling(Duration.TotalSeconds));
}
