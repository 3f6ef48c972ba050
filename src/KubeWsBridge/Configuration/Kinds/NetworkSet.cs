using System.Net;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A word or CIDR as it was given, and the networks it stands for.</summary>
internal sealed record NetworkSet(string Name, IReadOnlyList<IPNetwork> Networks);
