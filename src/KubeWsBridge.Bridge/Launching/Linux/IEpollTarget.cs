namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Someone who waits for a descriptor to become readable.</summary>
internal interface IEpollTarget
{
    /// <summary>Called on the loop's thread after <see cref="EpollRegistration.Arm"/>; must be quick and not throw. It may come once too often.</summary>
    void OnReadable();
}
