using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeWsBridge.Demo;

/// <summary>The greeting a demo worker sends first: who serves the page, and with which variables.</summary>
internal static class DemoHello
{
    // The page parses it as JSON and shows it as text, so HTML escapes would only make it harder to read.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON with its newline.</summary>
    public static byte[] Line(int processId, IReadOnlyDictionary<string, string> environment)
    {
        var line = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", "hello");
            json.WriteNumber("pid", processId);
            json.WriteString("runtime", $".NET {Environment.Version} built-in worker");
            json.WriteStartObject("env");
            foreach (var (name, value) in SessionVariables(environment))
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    /// <summary><c>WSS_CONFIG_*</c> is left out: it configures the bridge, may hold its secrets and is not the visitor's business.</summary>
    private static IEnumerable<KeyValuePair<string, string>> SessionVariables(IReadOnlyDictionary<string, string> environment) =>
        environment
            .Where(entry => entry.Key.StartsWith("WSS_", StringComparison.Ordinal)
                && !entry.Key.StartsWith("WSS_CONFIG_", StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal);
}
