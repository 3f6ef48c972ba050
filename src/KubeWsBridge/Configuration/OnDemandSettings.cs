namespace KubeWsBridge.Configuration;

/// <summary>For which names certificates are obtained when a client first asks for them; at least one of the two says so.</summary>
/// <param name="Allowed">Names, and wildcards for all names one level below.</param>
/// <param name="Ask">What is asked about all others; null to refuse them.</param>
internal sealed record OnDemandSettings(IReadOnlyList<string> Allowed, Uri? Ask);
