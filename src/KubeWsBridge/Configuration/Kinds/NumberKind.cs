using System.Globalization;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A number that may have a fraction.</summary>
internal sealed class NumberKind(double least, double most) : OptionKind<double>
{
    /// <inheritdoc/>
    public override string Placeholder => "NUMBER";

    /// <inheritdoc/>
    public override string Expects => string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out double value)
    {
        value = 0;
        // Not double.TryParse: that takes NaN and Infinity whatever the styles say.
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number))
            return new Flaw("is not a number.");
        value = (double)number;
        if (value < least)
            return new Flaw("is too small.");
        return value > most ? new Flaw("is too large.") : null;
    }

    /// <inheritdoc/>
    public override string Print(object value) => ((double)value).ToString("0.################", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "number");
        schema.WriteNumber("minimum", least);
        schema.WriteNumber("maximum", most);
    }
}
