using System.Net;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Says which names certificates may be obtained for on demand.</summary>
internal sealed class OnDemandPermission(OnDemandSettings settings) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3) })
    {
        Timeout = TimeSpan.FromSeconds(5), // a client's handshake waits for it
    };

    /// <summary>Whether the name is allowed; one that nobody can be asked about is not.</summary>
    public async Task<bool> AllowsAsync(string name, CancellationToken cancellationToken)
    {
        if (settings.Allowed.Any(allowed => Matches(allowed, name)))
            return true;
        if (settings.Ask is not { } ask)
            return false;
        var url = new UriBuilder(ask);
        url.Query = $"{url.Query.TrimStart('?')}{(url.Query.Length > 1 ? "&" : "")}domain={Uri.EscapeDataString(name)}";
        using var answer = await _http.GetAsync(url.Uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool Matches(string allowed, string name) =>
        allowed == name || (allowed.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && name[dot..] == allowed[1..]);
}
