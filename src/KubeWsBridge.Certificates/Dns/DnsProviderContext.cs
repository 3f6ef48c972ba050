namespace KubeWsBridge.Certificates.Dns;

/// <summary>What providers share.</summary>
public sealed record DnsProviderContext
{
    /// <summary>The way to their interfaces; it must not follow redirections, which would carry credentials along.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>A client as providers want it: bounded in time and size, named, without redirections.</summary>
    public static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // Renewals are weeks apart; an address looked up for the last one may be another's now.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = 16 * 1024 * 1024,
        DefaultRequestHeaders = { { "User-Agent", "kubewsbridge" } },
    };
}
