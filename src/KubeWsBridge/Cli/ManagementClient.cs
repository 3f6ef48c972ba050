using System.Net;
using System.Net.Http.Headers;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Hosting.Management;

namespace KubeWsBridge.Cli;

/// <summary>Talks to the operator's port of a running bridge, as another process on the same machine or in the same pod.</summary>
internal sealed class ManagementClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private ManagementClient(IPEndPoint address, ManagementOptions options)
    {
        Address = address;
        if (options.Token is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
    }

    /// <summary>Where the bridge answers.</summary>
    public IPEndPoint Address { get; }

    /// <summary>
    /// The client for the address that this command line, environment and file give, wherever else they may be incomplete; says what is wrong and
    /// gives null otherwise.
    /// </summary>
    public static ManagementClient? Create(CommandContext context)
    {
        var options = context.LoadManagement();
        if (options is null)
            return null;
        if (options.Address is not { } address)
        {
            context.Error.WriteLine($"kubewsbridge: --{ProgramOptionTable.ManagementAddress.Flag} is off, so there is nobody to ask.");
            return null;
        }

        return new ManagementClient(Reachable(address), options);
    }

    /// <summary>Sends a request; the answer's text, and whether its status says success.</summary>
    /// <exception cref="HttpRequestException">Nobody answers.</exception>
    public async Task<(bool IsGood, string Text)> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{Address}{path}"));
        using var answer = await _http.SendAsync(request, cancellationToken);
        return (answer.IsSuccessStatusCode, (await answer.Content.ReadAsStringAsync(cancellationToken)).TrimEnd());
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static IPEndPoint Reachable(IPEndPoint bound) =>
        bound.Address.Equals(IPAddress.Any) ? new(IPAddress.Loopback, bound.Port)
        : bound.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.IPv6Loopback, bound.Port)
        : bound;
}
