namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Someone who waits for a descriptor to become readable.</summary>
internal interface IEpollTarget
{
    /// <summary>Called on the loop's thread after <see cref="EpollRegistration.Arm"/>, maybe once too often; is quick and never throws.</summary>
    void OnReadable();
}
