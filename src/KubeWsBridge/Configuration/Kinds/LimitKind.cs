using System.Text.Json;
using KubeWsBridge.Bridge.Admission;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A limit of 1 or more, or <c>auto</c> (<see cref="AdmissionOptions.Auto"/>).</summary>
internal sealed class LimitKind : OptionKind<int>
{
    private const string Auto = "auto";
    private static readonly IntegerKind Numbers = new(1, IntegerKind.Plenty);

    /// <inheritdoc/>
    public override string Placeholder => Numbers.Placeholder;

    /// <inheritdoc/>
    public override string Expects => $"{Numbers.Expects}, or {Auto}";

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    public override string Print(object value) => value is AdmissionOptions.Auto ? Auto : base.Print(value);

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out int value)
    {
        value = AdmissionOptions.Auto;
        if (text.Equals(Auto, StringComparison.OrdinalIgnoreCase))
            return null;
        var number = Numbers.Read(text, out var flaw);
        value = number is int found ? found : 0;
        return flaw;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("type");
        schema.WriteStringValue("integer");
        schema.WriteStringValue("string");
        schema.WriteEndArray();
        schema.WriteNumber("minimum", 1);
        schema.WriteNumber("maximum", IntegerKind.Plenty);
        schema.WriteString("pattern", $"^([0-9]+|{Auto})$");
    }
}
