using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeWsBridge.Bridge.Framing;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>
/// The environment in which a worker starts: what the bridge itself inherited, and the session in WSS_* variables. A variable for a header
/// is missing when the header is.
/// </summary>
public static class WorkerEnvironment
{
    /// <summary>
    /// Most bytes of one <c>NAME=value</c>. Linux takes 131,072 with the terminator (MAX_ARG_STRLEN) and fails longer ones with E2BIG.
    /// </summary>
    public const int MaxStringBytes = 131_000;

    private const string Prefix = "WSS_";

    private static readonly (string Variable, string Header)[] HeaderVariables =
    [
        ("WSS_SEC_WEBSOCKET_PROTOCOL", "sec-websocket-protocol"),
        ("WSS_SEC_WEBSOCKET_VERSION", "sec-websocket-version"),
        ("WSS_ORIGIN", "origin"),
        ("WSS_USER_AGENT", "user-agent"),
        ("WSS_HOST", "host"),
        ("WSS_X_FORWARDED_FOR", "x-forwarded-for"),
        ("WSS_X_REAL_IP", "x-real-ip"),
    ];

    /// <summary>What workers inherit of this process's environment: all but WSS_*, which configure the bridge and may hold secrets.</summary>
    public static Dictionary<string, string> Inherited()
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable is { Key: string name, Value: string value } && !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                environment[name] = value;
        return environment;
    }

    /// <summary>Makes the environment.</summary>
    /// <param name="metadata">The session.</param>
    /// <param name="tcpHost">Where the worker connects back to: an address, or <c>unix:///path</c>.</param>
    /// <param name="tcpPort">The port to connect back to; 0 with a unix socket.</param>
    /// <param name="framing">What its connection speaks if it says no other.</param>
    /// <param name="inherited">The bridge's own environment; its WSS_* are left out, since they configure the bridge and may hold secrets.</param>
    public static Dictionary<string, string> Build(
        SessionMetadata metadata, string tcpHost, int tcpPort, WorkerFraming framing, IEnumerable<KeyValuePair<string, string>> inherited)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        foreach (var (name, value) in inherited)
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                Set(name, value);

        Set("WSS_ENABLED", "1");
        Set("WSS_CONNECTION_ID", metadata.SessionId);
        Set("WSS_CLIENT_IP", metadata.Client.Address.ToString());
        Set("WSS_CLIENT_PORT", Number(metadata.Client.Port));
        Set("WSS_SERVER_HOST", metadata.ServerHost);
        Set("WSS_SERVER_PORT", Number(metadata.ServerPort));
        Set("WSS_REQUEST_URI", metadata.RequestUri);
        Set("WSS_REQUEST_PATH", metadata.Path);
        Set("WSS_REQUEST_QUERY", metadata.Query);
        Set("WSS_REQUEST_HEADERS", Json(metadata.Headers));
        foreach (var (variable, header) in HeaderVariables)
            Set(variable, metadata.Header(header));
        Set("WSS_SUBPROTOCOL", metadata.Subprotocol);
        Set("WSS_TLS_VERSION", metadata.Tls?.Version);
        Set("WSS_TLS_CIPHER", metadata.Tls?.CipherSuite);
        Set("WSS_TLS_SNI", metadata.Tls?.ServerName);
        if (metadata.Tls?.Client is { } client)
        {
            Set("WSS_TLS_CLIENT_VERIFIED", client.Verified ? "1" : "0");
            Set("WSS_TLS_CLIENT_SUBJECT", client.Subject);
            Set("WSS_TLS_CLIENT_ISSUER", client.Issuer);
            Set("WSS_TLS_CLIENT_SERIAL", client.Serial);
            Set("WSS_TLS_CLIENT_FINGERPRINT", client.Fingerprint);
            Set("WSS_TLS_CLIENT_SANS", client.AlternativeNames);
        }

        Set("WSS_TCP_HOST", tcpHost);
        Set("WSS_TCP_PORT", Number(tcpPort));
        Set("WSS_FRAMING", framing == WorkerFraming.Messages ? "messages" : "raw");
        return environment;

        void Set(string name, string? value)
        {
            // A NUL would end the string early and let what follows vanish (environ(7)); no honest header has one.
            if (value is not null)
                environment[name] = value.Replace("\0", "", StringComparison.Ordinal);
        }
    }

    /// <summary>The name of a variable that is longer than <see cref="MaxStringBytes"/>, measured in UTF-8, or null when all fit.</summary>
    public static string? TooLong(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment)
            if (Encoding.UTF8.GetByteCount(name) + 1 + Encoding.UTF8.GetByteCount(value) > MaxStringBytes)
                return name;
        return null;
    }

    private static string Json(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        // Relaxed: no browser ever reads this as HTML, and UTF-8 is a third of the size of escapes.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in headers)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
