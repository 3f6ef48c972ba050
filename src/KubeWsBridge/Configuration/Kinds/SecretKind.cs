using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>Text that must not be seen.</summary>
internal sealed class SecretKind(string placeholder, string expects, bool isPair = false) : OptionKind<Secret>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override string Expects => expects;

    /// <inheritdoc/>
    public override bool IsSecret => true;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out Secret value)
    {
        value = new Secret(text);
        if (text.Length == 0)
            return new Flaw("is empty.");
        return isPair && text.IndexOf('=', StringComparison.Ordinal) <= 0 ? new Flaw("has no key before an equals sign.") : null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
