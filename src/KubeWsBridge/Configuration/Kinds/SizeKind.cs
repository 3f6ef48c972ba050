using System.Globalization;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A number of bytes; <c>k</c>, <c>m</c> and <c>g</c> are powers of 1024, also written <c>Ki</c>, <c>KiB</c> or <c>KB</c>.</summary>
internal sealed class SizeKind(long least, long most) : OptionKind<long>
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
        var number = text.TrimEnd("bB".AsSpan()).ToString();
        if (number.Length > 1 && number[^1] is 'i' or 'I')
            number = number[..^1];
        var power = number.Length > 0 ? Prefixes.IndexOf(char.ToLowerInvariant(number[^1]), StringComparison.Ordinal) + 1 : 0;
        if (power > 0)
            number = number[..^1];
        if (!decimal.TryParse(number.TrimEnd(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            return new Flaw("is not a size.");
        var factor = 1L << (10 * power);
        if (amount * factor < least)
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
}
