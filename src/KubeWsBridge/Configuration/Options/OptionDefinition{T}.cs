using KubeWsBridge.Configuration.Kinds;

namespace KubeWsBridge.Configuration.Options;

/// <summary>An <see cref="OptionDefinition"/> whose values are <typeparamref name="T"/>.</summary>
internal sealed class OptionDefinition<T> : OptionDefinition
    where T : notnull
{
    /// <summary>The form of its values.</summary>
    public required OptionKind<T> Kind { get; init; }

    /// <inheritdoc/>
    public override OptionKind Form => Kind;
}
