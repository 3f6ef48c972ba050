namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>The variables of a FastCGI request: those of CGI (RFC 3875 section 4.1), the HTTP headers, and the session's WSS_* ones.</summary>
internal static class FastCgiVariables
{
    private const string Session = "WSS_";

    /// <summary>Makes them; the bridge's own environment is not the pool's business.</summary>
    /// <param name="request">The launch.</param>
    /// <param name="script">The script's whole path as PHP-FPM sees it.</param>
    public static Dictionary<string, string> Build(LaunchRequest request, string script)
    {
        var name = script[script.LastIndexOf('/')..];
        var root = script[..^name.Length];
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["GATEWAY_INTERFACE"] = "CGI/1.1",
            ["SERVER_SOFTWARE"] = "KubeWsBridge",
            ["SERVER_PROTOCOL"] = "HTTP/1.1",
            ["REQUEST_METHOD"] = "GET",
            ["REQUEST_SCHEME"] = request.Secure ? "https" : "http",
            ["DOCUMENT_ROOT"] = root.Length == 0 ? "/" : root,
            ["SCRIPT_FILENAME"] = script,
            ["SCRIPT_NAME"] = name,
            ["REMOTE_ADDR"] = Told("WSS_CLIENT_IP"),
            ["REMOTE_PORT"] = Told("WSS_CLIENT_PORT"),
            ["SERVER_NAME"] = Told("WSS_SERVER_HOST"),
            ["SERVER_PORT"] = Told("WSS_SERVER_PORT"),
            ["REQUEST_URI"] = Told("WSS_REQUEST_URI"),
            ["QUERY_STRING"] = Told("WSS_REQUEST_QUERY"),
        };
        if (request.Secure)
            variables["HTTPS"] = "on";
        foreach (var (header, value) in request.Headers)
            if (IsVariable(header))
                variables[$"HTTP_{header.ToUpperInvariant().Replace('-', '_')}"] = value.Replace("\0", "", StringComparison.Ordinal);
        foreach (var (variable, value) in request.Environment)
            if (variable.StartsWith(Session, StringComparison.Ordinal))
                variables[variable] = value;
        return variables;

        string Told(string variable) => request.Environment.GetValueOrDefault(variable, "");
    }

    // x_real_ip would become what x-real-ip becomes, and HTTP_PROXY is believed by HTTP clients (httpoxy). All headers are in WSS_REQUEST_HEADERS.
    private static bool IsVariable(string header) =>
        header is not ("proxy" or "content-length" or "content-type") && header.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
