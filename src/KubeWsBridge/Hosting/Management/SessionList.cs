namespace KubeWsBridge.Hosting.Management;

/// <summary>Sessions, the longest first.</summary>
/// <param name="Count">How many there are; there can be more than are listed.</param>
/// <param name="Sessions">At most <see cref="SessionsEndpoint.MostListed"/> of them.</param>
internal sealed record SessionList(int Count, IReadOnlyList<SessionAnswer> Sessions);
