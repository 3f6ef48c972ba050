namespace KubeWsBridge.Bridge;

/// <summary>When the client's upgrade is answered.</summary>
public enum UpgradeMode
{
    /// <summary>After the worker has connected back, so that a failed launch is an HTTP error a load balancer can retry.</summary>
    Ready,

    /// <summary>Before the worker is launched, as the ancestor does; a failed launch is a close code.</summary>
    Early,
}
