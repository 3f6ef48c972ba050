using System.Globalization;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>
/// A span of time: a bare number is seconds, as the ancestor has it; <c>ms</c>, <c>s</c>, <c>m</c> and <c>h</c> may follow.
/// </summary>
internal sealed class DurationKind(bool allowZero = true) : OptionKind<TimeSpan>
{
    // .NET timers end at 2^32-2 milliseconds, 49.7 days: a longer value would throw at the first connection instead of at the start.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private static readonly (string Suffix, decimal Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    /// <inheritdoc/>
    public override string Placeholder => "DURATION";

    /// <inheritdoc/>
    public override string Expects =>
        $"seconds, or a number with ms, s, m or h ({(allowZero ? "0, or " : "")}1ms to 49 days)";

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var (number, milliseconds) = Split(text);
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(number, Styles, CultureInfo.InvariantCulture, out var amount))
            return new Flaw("is not a duration.");
        if (amount > (decimal)Longest.TotalMilliseconds / milliseconds)
            return new Flaw("is too long.");
        if (amount == 0 && allowZero)
            return null;
        // A fraction of a millisecond would be rounded to nothing, and nothing means "no limit".
        if (amount < 1 / milliseconds)
            return new Flaw("is too short.");
        value = TimeSpan.FromTicks((long)(amount * milliseconds * TimeSpan.TicksPerMillisecond));
        return null;
    }

    /// <inheritdoc/>
    public override string Print(object value)
    {
        var span = (TimeSpan)value;
        if (span == TimeSpan.Zero)
            return "0";
        return span.Ticks % TimeSpan.TicksPerSecond == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / TimeSpan.TicksPerSecond}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerMillisecond:0.####}ms");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("type");
        schema.WriteStringValue("number");
        schema.WriteStringValue("string");
        schema.WriteEndArray();
        schema.WriteNumber("minimum", allowZero ? 0 : 0.001);
        schema.WriteNumber("maximum", Longest.TotalSeconds);
        schema.WriteString("pattern", @"^[0-9]+(\.[0-9]+)?(ms|s|m|h)?$");
    }

    private static (string Number, decimal Milliseconds) Split(string text)
    {
        foreach (var (suffix, milliseconds) in Units)
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return (text[..^suffix.Length].TrimEnd(), milliseconds);
        return (text, 1_000);
    }
}
