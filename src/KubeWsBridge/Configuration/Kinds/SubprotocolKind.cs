using System.Buffers;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A subprotocol's name: a token (RFC 6455 section 4.1, RFC 9110 section 5.6.2).</summary>
internal sealed class SubprotocolKind : OptionKind<string>
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <inheritdoc/>
    public override string Placeholder => "NAME";

    /// <inheritdoc/>
    public override string Expects => "a name of letters, digits and !#$%&'*+-.^_`|~";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        return text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Token) ? null : new Flaw("is not a subprotocol name.");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteString("pattern", "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$");
    }
}
