using System.Globalization;
using System.Text.Json;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>The form of an option's value: how it is read, printed and described.</summary>
internal abstract class OptionKind
{
    /// <summary>The word that stands for the value in help texts.</summary>
    public abstract string Placeholder { get; }

    /// <summary>What is accepted, with unit and range, to follow the word "Give".</summary>
    public abstract string Expects { get; }

    /// <summary>Whether values must never be shown.</summary>
    public virtual bool IsSecret => false;

    /// <summary>Whether the flag alone, without a value, means <c>true</c>.</summary>
    public virtual bool IsSwitch => false;

    /// <summary>
    /// Whether printed values need quotes in YAML: all text does, because <c>no</c> and <c>1e3</c> are not what they look like.
    /// </summary>
    public virtual bool NeedsQuotes => true;

    /// <summary>Reads the text; null and a flaw when it is not acceptable.</summary>
    public abstract object? Read(string text, out Flaw? flaw);

    /// <summary>Writes a value as <see cref="Read"/> accepts it.</summary>
    public virtual string Print(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Writes the members of the value's JSON schema.</summary>
    public abstract void WriteSchema(Utf8JsonWriter schema);
}
