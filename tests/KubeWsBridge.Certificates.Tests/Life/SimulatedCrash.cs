namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>The end of a process, as far as its objects can tell.</summary>
internal sealed class SimulatedCrash() : Exception("This process is dead.");
