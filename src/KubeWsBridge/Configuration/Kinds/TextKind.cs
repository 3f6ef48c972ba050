using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>Any text that is not empty: paths, names, addresses for later checks.</summary>
internal sealed class TextKind(string placeholder, string expects) : OptionKind<string>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override string Expects => expects;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        if (text.Length == 0)
            return new Flaw("is empty.");
        // The environment and argument lists of a process end at NUL, so such a value would be cut silently.
        return text.Contains('\0', StringComparison.Ordinal) ? new Flaw("contains a NUL character.") : null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
