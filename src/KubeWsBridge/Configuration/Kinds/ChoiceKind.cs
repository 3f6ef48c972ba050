using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>One of a few names; case, hyphen and underscore make no difference.</summary>
internal sealed class ChoiceKind<T>(params Choice<T>[] choices) : OptionKind<T>
    where T : notnull
{
    private IEnumerable<string> Available => choices.Where(choice => choice.NotYet is null).Select(choice => choice.Name);

    /// <summary>Every name, also those that do not work yet.</summary>
    public IEnumerable<string> Names => choices.Select(choice => choice.Name);

    /// <inheritdoc/>
    public override string Placeholder => "NAME";

    /// <inheritdoc/>
    public override string Expects
    {
        get
        {
            string[] names = [.. Available];
            return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
        }
    }

    /// <inheritdoc/>
    public override bool NeedsQuotes => false;

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out T value)
    {
        var choice = Array.Find(choices, candidate => IsSame(candidate.Name, text) || candidate.Aliases.Any(alias => IsSame(alias, text)));
        value = choice is null ? default! : choice.Value;
        return choice switch
        {
            null => new Flaw(Spelling.Suggest(text, Available) is { } near ? $"is not known; did you mean {near}?" : "is not known."),
            { NotYet: { } later } => new Flaw($"is not available yet: it comes with {later}.", $"Use {Expects}."),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override string Print(object value) => choices.First(choice => choice.Value.Equals(value)).Name;

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("enum");
        foreach (var name in Available)
            schema.WriteStringValue(name);
        schema.WriteEndArray();
    }

    private static bool IsSame(string left, string right) =>
        string.Equals(left.Replace('_', '-'), right.Replace('_', '-'), StringComparison.OrdinalIgnoreCase);
}
