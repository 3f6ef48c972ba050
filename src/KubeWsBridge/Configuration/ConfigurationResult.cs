using System.Diagnostics.CodeAnalysis;

namespace KubeWsBridge.Configuration;

/// <summary>A configuration, or everything that is wrong with it.</summary>
/// <param name="Configuration">The configuration; null when there are problems.</param>
/// <param name="Problems">All problems, each once.</param>
/// <param name="Warnings">What works but may not be meant.</param>
internal sealed record ConfigurationResult(
    LoadedConfiguration? Configuration, IReadOnlyList<ConfigurationProblem> Problems, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether there is a configuration.</summary>
    [MemberNotNullWhen(true, nameof(Configuration))]
    public bool IsSound => Configuration is not null;
}
