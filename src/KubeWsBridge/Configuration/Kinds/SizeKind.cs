using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>
/// A number of bytes; <c>k</c>, <c>m</c> and <c>g</c> are powers of 1024, also written <c>Ki</c> as Kubernetes does, <c>KiB</c> or
/// <c>KB</c>.
/// </summary>
internal sealed partial class SizeKind(long least, long most) : OptionKind<long>
{
    private const string Prefixes = "kmg";

    /// <inheritdoc/>
    public override string Placeholder => "SIZE";

    /// <inheritdoc/>
    public override string Expects => string.Create(CultureInfo.InvariantCulture,
        $"bytes, or a whole number with k, m or g (also KiB, MiB, GiB), from {least} to {most} bytes");

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out long value)
    {
        value = 0;
        var match = Form().Match(text);
        const NumberStyles Styles = NumberStyles.AllowLeadingSign;
        if (!match.Success || !decimal.TryParse(match.Groups[1].ValueSpan, Styles, CultureInfo.InvariantCulture, out var amount))
            return new Flaw("is not a size.");
        var prefix = match.Groups[2];
        var factor = prefix.Success ? 1024L << (10 * Prefixes.IndexOf(prefix.Value, StringComparison.OrdinalIgnoreCase)) : 1;
        // Divide instead of multiplying: a number of 28 digits times 1024 does not fit a decimal.
        if (amount < (decimal)least / factor)
            return new Flaw("is too small.");
        if (amount > (decimal)most / factor)
            return new Flaw("is too large.");
        value = (long)amount * factor;
        return null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("type");
        schema.WriteStringValue("integer");
        schema.WriteStringValue("string");
        schema.WriteEndArray();
        schema.WriteNumber("minimum", least);
        schema.WriteNumber("maximum", most);
        schema.WriteString("pattern", "^[0-9]+ ?([kKmMgG][iI]?)?[bB]?$");
    }

    [GeneratedRegex("^([+-]?[0-9]+) ?(?:([kmg])i?)?b?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
