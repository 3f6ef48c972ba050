namespace KubeWsBridge.Configuration.Kinds;

/// <summary>An <see cref="OptionKind"/> whose values are <typeparamref name="T"/>.</summary>
internal abstract class OptionKind<T> : OptionKind
    where T : notnull
{
    /// <summary>Reads the text; a flaw when it is not acceptable.</summary>
    protected abstract Flaw? Parse(string text, out T value);

    /// <inheritdoc/>
    public sealed override object? Read(string text, out Flaw? flaw)
    {
        flaw = Parse(text, out var value);
        return flaw is null ? value : null;
    }
}
