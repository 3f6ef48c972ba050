using System.Text.Json;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>The two close codes that tell a client to come back.</summary>
internal sealed class DrainCloseCodeKind : OptionKind<int>
{
    /// <inheritdoc/>
    public override string Placeholder => "CODE";

    /// <inheritdoc/>
    public override string Expects => "1001 or 1012";

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out int value)
    {
        value = text switch { "1001" => CloseCode.GoingAway, "1012" => CloseCode.ServiceRestart, _ => 0 };
        return value == 0 ? new Flaw("is no close code of a drain.") : null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("enum");
        schema.WriteNumberValue(CloseCode.GoingAway);
        schema.WriteNumberValue(CloseCode.ServiceRestart);
        schema.WriteEndArray();
    }
}
