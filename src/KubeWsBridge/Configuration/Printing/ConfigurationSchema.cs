using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Printing;

/// <summary>Writes the JSON schema of the configuration file, for editors and for the chart's values.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonWriterOptions Pretty =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema; what this version does not do yet is not in it.</summary>
    public static string Write()
    {
        using var buffer = new MemoryStream();
        using (var schema = new Utf8JsonWriter(buffer, Pretty))
            Write(schema);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.WriteString("title", "KubeWsBridge configuration");
        WriteProperties(schema, OptionTable.All, "#/properties/", WriteLists);
        schema.WriteEndObject();
    }

    private static void WriteProperties(
        Utf8JsonWriter schema, IEnumerable<OptionDefinition> options, string root, Action<Utf8JsonWriter>? writeMore = null)
    {
        schema.WriteString("type", "object");
        schema.WriteBoolean("additionalProperties", false);
        schema.WriteStartObject("properties");
        foreach (var option in options.Where(option => option.IsInFile && option.NotYet is null))
        {
            WriteOption(schema, option);
            foreach (var alias in option.Keys.Skip(1))
            {
                schema.WriteStartObject(alias);
                schema.WriteString("$ref", root + option.Key);
                schema.WriteEndObject();
            }
        }
        writeMore?.Invoke(schema);
        schema.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter schema)
    {
        foreach (var table in ListTables.All)
        {
            schema.WriteStartObject(table.Key);
            schema.WriteString("description", table.Help);
            WriteNullable(schema, () =>
            {
                schema.WriteString("type", "array");
                schema.WriteNumber("minItems", 1);
                schema.WriteStartObject("items");
                WriteProperties(schema, table.Options, $"#/properties/{table.Key}/anyOf/0/items/properties/");
                schema.WriteEndObject();
            });
            schema.WriteEndObject();
        }
    }

    private static void WriteOption(Utf8JsonWriter schema, OptionDefinition option)
    {
        schema.WriteStartObject(option.Key);
        schema.WriteString("description", option.Help);
        WriteDefault(schema, option);
        WriteNullable(schema, () =>
        {
            if (option.IsList)
                WriteList(schema, option);
            else
                option.Form.WriteSchema(schema);
        });
        schema.WriteEndObject();
    }

    // A key without a value is "not set", which is what templates leave behind.
    private static void WriteNullable(Utf8JsonWriter schema, Action writeValue)
    {
        schema.WriteStartArray("anyOf");
        schema.WriteStartObject();
        writeValue();
        schema.WriteEndObject();
        schema.WriteStartObject();
        schema.WriteString("type", "null");
        schema.WriteEndObject();
        schema.WriteEndArray();
    }

    // A plain text is split at spaces and commas, so its form is not the items' form.
    private static void WriteList(Utf8JsonWriter schema, OptionDefinition option)
    {
        schema.WriteStartArray("type");
        schema.WriteStringValue("array");
        schema.WriteStringValue("string");
        schema.WriteEndArray();
        schema.WriteStartObject("items");
        option.Form.WriteSchema(schema);
        schema.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter schema, OptionDefinition option)
    {
        if (option.PrintedDefault is not { } text)
            return;
        // A printed number or boolean is JSON as it stands.
        if (text is "true" or "false" || decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            schema.WritePropertyName("default");
            schema.WriteRawValue(text);
        }
        else
            schema.WriteString("default", text);
    }
}
