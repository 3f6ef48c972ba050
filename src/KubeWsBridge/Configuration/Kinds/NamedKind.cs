using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>One of a table's entries, by any of its names.</summary>
/// <param name="placeholder">The word that stands for the value in help texts.</param>
/// <param name="expects">What is accepted.</param>
/// <param name="find">Looks a name up; null when it is not known.</param>
/// <param name="names">All names, for the one that was meant.</param>
internal sealed class NamedKind<T>(string placeholder, string expects, Func<string, T?> find, IEnumerable<string> names) : OptionKind<T>
    where T : class
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override string Expects => expects;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out T value)
    {
        value = find(text)!;
        return value is not null ? null : new Flaw(Spelling.Suggest(text, names) is { } near ? $"is not known; did you mean {near}?" : "is not known.");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
