namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>A session as the log tells of it.</summary>
/// <param name="Id">The connection id.</param>
/// <param name="WorkerId">The worker's process id; 0 when it is somebody else's process, whose id is not known.</param>
public sealed record LoggedSession(string Id, int WorkerId);
