using System.Net.Http.Headers;
using System.Text;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>The simple ways of authorization.</summary>
internal static class Authorization
{
    /// <summary>No credentials.</summary>
    public static Authorize None { get; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>The Authorization header with a scheme and a secret.</summary>
    public static Authorize Scheme(string scheme, ProviderSecret secret) => (request, _) =>
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {secret.Reveal()}");
        return ValueTask.CompletedTask;
    };

    /// <summary>A token of RFC 6750.</summary>
    public static Authorize Bearer(ProviderSecret token) => Scheme("Bearer", token);

    /// <summary>Name and password of RFC 7617.</summary>
    public static Authorize Basic(string user, ProviderSecret password) => (request, _) =>
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return ValueTask.CompletedTask;
    };

    /// <summary>Headers of the provider's own.</summary>
    public static Authorize Headers(params (string Name, ProviderSecret Value)[] headers) => (request, _) =>
    {
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value.Reveal());
        return ValueTask.CompletedTask;
    };
}
