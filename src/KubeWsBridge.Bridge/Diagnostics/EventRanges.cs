namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>The first log event id of each room, so that an id tells where a line came from.</summary>
public static class EventRanges
{
    /// <summary>Refusals (<see cref="Refusals"/>).</summary>
    public const int Refusals = 1000;

    /// <summary>Sessions: opened, closed.</summary>
    public const int Sessions = 1100;

    /// <summary>Launching workers and what they print.</summary>
    public const int Launching = 1200;

    /// <summary>The meeting of sessions and back-connections.</summary>
    public const int Rendezvous = 1300;

    /// <summary>Ending sessions and workers.</summary>
    public const int Closing = 1400;

    /// <summary>Connections and data paths.</summary>
    public const int Transport = 1600;

    /// <summary>The program: listening, draining, reloading.</summary>
    public const int Hosting = 1500;

    /// <summary>Limits on who comes in.</summary>
    public const int Admission = 1700;
}
