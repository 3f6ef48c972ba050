namespace KubeWsBridge.Bridge.Launching;

/// <summary>How the launcher of a route does.</summary>
/// <param name="Route">The route's path as configured.</param>
/// <param name="Launcher">The launcher's name.</param>
/// <param name="Health">Its health.</param>
public sealed record LauncherStatus(string Route, string Launcher, LauncherHealth Health);
