namespace KubeWsBridge.Configuration.Kinds;

/// <summary>One name a <see cref="ChoiceKind{T}"/> knows.</summary>
/// <param name="Name">The name as it is printed.</param>
/// <param name="Value">What it means.</param>
internal sealed record Choice<T>(string Name, T Value)
{
    /// <summary>Other spellings of the name.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Which later work brings this choice; null when it works.</summary>
    public string? NotYet { get; init; }
}
