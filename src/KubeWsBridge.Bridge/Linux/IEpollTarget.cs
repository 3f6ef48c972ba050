namespace KubeWsBridge.Bridge.Linux;

/// <summary>Someone who waits for a descriptor.</summary>
internal interface IEpollTarget
{
    /// <summary>
    /// Called on the loop's thread after <see cref="EpollRegistration.Arm"/>, maybe once too often; is quick and never throws, for every other
    /// descriptor waits meanwhile.
    /// </summary>
    void OnReady(EpollEvents events);
}
