namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>A way to learn that a child has ended, which a machine may lack.</summary>
internal interface IExitWatch
{
    /// <summary>Has the child reaped as soon as it ends; false when this way is not open.</summary>
    bool TryWatch(Child child);
}
