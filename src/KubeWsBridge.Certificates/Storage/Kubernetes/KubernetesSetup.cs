namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>What a storage in Kubernetes works with.</summary>
public sealed record KubernetesSetup
{
    /// <summary>The API server.</summary>
    public required ClusterAccess Access { get; init; }

    /// <summary>
    /// What names of Secrets and Leases begin with, so that several installations can share a namespace; lower-case letters, digits and '-'.
    /// </summary>
    public string Prefix { get; init; } = "kubewsbridge";

    /// <summary>
    /// How long a lock outlives a holder that says nothing any more, 15 s: what Kubernetes' own components take. It is renewed three times as often,
    /// and given up by a holder that can't renew it after two thirds.
    /// </summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What holders of locks are called, before a random part; the pod's name, by default.</summary>
    public string Holder { get; init; } = Environment.MachineName;

    /// <summary>What requests say they come from.</summary>
    public string UserAgent { get; init; } = "KubeWsBridge";

    /// <summary>How often a request is sent when it gets lost, or the server has troubles; 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gives numbers from 0 up to 1, by which waits vary.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
