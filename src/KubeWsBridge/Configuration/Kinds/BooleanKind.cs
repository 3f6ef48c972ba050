using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>Yes or no, in the spellings people use in environment variables and YAML 1.1.</summary>
internal sealed class BooleanKind : OptionKind<bool>
{
    /// <inheritdoc/>
    public override string Placeholder => "";

    /// <inheritdoc/>
    public override string Expects => "true or false (also 1/0, yes/no, on/off)";

    /// <inheritdoc/>
    public override bool IsSwitch => true;

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out bool value)
    {
        value = text.ToUpperInvariant() is "TRUE" or "1" or "YES" or "ON";
        return value || text.ToUpperInvariant() is "FALSE" or "0" or "NO" or "OFF" ? null : new Flaw("is neither true nor false.");
    }

    /// <inheritdoc/>
    public override string Print(object value) => (bool)value ? "true" : "false";

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema) => schema.WriteString("type", "boolean");
}
