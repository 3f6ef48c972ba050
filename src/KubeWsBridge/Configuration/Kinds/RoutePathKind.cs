using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>What a route matches: <c>/chat</c> alone, or <c>/chat/*</c> with everything below.</summary>
internal sealed class RoutePathKind : OptionKind<string>
{
    /// <inheritdoc/>
    public override string Placeholder => "PATH";

    /// <inheritdoc/>
    public override string Expects => "a path such as /chat, or /chat/* with everything below it";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        if (!text.StartsWith('/'))
            return new Flaw("does not start with a slash.");
        if (text.IndexOfAny(['?', '#', ' ']) >= 0)
            return new Flaw("has more than a path in it.");
        var stem = text.EndsWith("/*", StringComparison.Ordinal) ? text[..^2] : text;
        return stem.Contains('*', StringComparison.Ordinal) ? new Flaw("has a * that is not at its end after a slash.") : null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteString("pattern", @"^/[^?#*\s]*(/\*)?$|^/\*$");
    }
}
