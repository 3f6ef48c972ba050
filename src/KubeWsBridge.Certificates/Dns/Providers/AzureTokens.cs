using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Gets access tokens of Azure for an application that has a secret, or the token its cluster gives it.</summary>
internal sealed class AzureTokens(DnsProviderParameters parameters, DnsProviderContext context)
{
    /// <summary>A new token.</summary>
    public async Task<OAuthToken> FetchAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = parameters.Get("client_id"),
            ["scope"] = "https://management.azure.com/.default",
        };
        if (parameters.FindSecret("client_secret") is { } secret)
        {
            form["client_secret"] = secret.Reveal();
        }
        else
        {
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            form["client_assertion"] = await ReadAsync(parameters.Get("federated_token"), cancellationToken);
        }
        var address = $"https://login.microsoftonline.com/{Uri.EscapeDataString(parameters.Get("tenant_id"))}/oauth2/v2.0/token";
        var api = new ProviderApi("azure", address, Authorization.None, parameters, context);
        return api.Read(await api.SendAsync(HttpMethod.Post, "", () => new FormUrlEncodedContent(form), cancellationToken), OAuthJson.Default.OAuthToken);
    }

    // The cluster writes a new one every hour or so, so it is read each time.
    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DnsException($"azure: the workload's token cannot be read: {e.Message} Check federated_token.", e);
        }
    }
}
