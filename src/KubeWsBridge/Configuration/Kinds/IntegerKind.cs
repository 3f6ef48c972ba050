using System.Globalization;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A whole number within bounds.</summary>
internal sealed class IntegerKind(int least, int most, string placeholder = "NUMBER") : OptionKind<int>
{
    /// <summary>A TCP port; 0 lets the system choose.</summary>
    public static readonly IntegerKind Port = new(0, 65535, "PORT");

    /// <summary>The bound of limits that have no natural one; beyond any machine, and safe to add to.</summary>
    public const int Plenty = 1_000_000_000;

    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override string Expects => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out int value)
    {
        value = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return new Flaw("is not a whole number.");
        if (number < least)
            return new Flaw("is too small.");
        if (number > most)
            return new Flaw("is too large.");
        value = (int)number;
        return null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "integer");
        schema.WriteNumber("minimum", least);
        schema.WriteNumber("maximum", most);
    }
}
