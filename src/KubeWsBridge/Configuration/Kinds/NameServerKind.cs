using System.Text.Json;
using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>A name server's address: <c>HOST</c> or <c>HOST:PORT</c>, port 53 when there is none.</summary>
internal sealed class NameServerKind : OptionKind<string>
{
    /// <inheritdoc/>
    public override string Placeholder => "HOST[:PORT]";

    /// <inheritdoc/>
    public override string Expects => "a name server's address, HOST or HOST:PORT";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        value = text;
        return ResolverAddress.Read(text) is null ? new Flaw("is not the address of a name server.") : null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
    }
}
