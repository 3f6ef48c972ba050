using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Signs requests as OVHcloud asks for: a hash over secrets, request and OVHcloud's own time.</summary>
internal sealed class OvhSignature(string address, DnsProviderParameters parameters, DnsProviderContext context)
{
    private readonly ProviderApi _clock = new("ovh", address + "/auth/time", Authorization.None, parameters, context);

    private long? _ahead;

    /// <summary>Adds the headers.</summary>
    public async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ahead ??= await ServerTimeAsync(cancellationToken) - Now();
        var moment = (Now() + _ahead.Value).ToString(CultureInfo.InvariantCulture);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var text = string.Join('+', parameters.Get("application_secret"), parameters.Get("consumer_key"),
            request.Method.Method, request.RequestUri!.AbsoluteUri, body, moment);
        request.Headers.TryAddWithoutValidation("X-Ovh-Application", parameters.Get("application_key"));
        request.Headers.TryAddWithoutValidation("X-Ovh-Consumer", parameters.Get("consumer_key"));
        request.Headers.TryAddWithoutValidation("X-Ovh-Timestamp", moment);
        request.Headers.TryAddWithoutValidation("X-Ovh-Signature", "$1$" + Hash(text));
    }

    private async Task<long> ServerTimeAsync(CancellationToken cancellationToken)
    {
        var answer = await _clock.SendAsync(HttpMethod.Get, "", null, cancellationToken);
        return long.TryParse(answer.Body, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time
            : throw new DnsException($"ovh answered {answer.Request} with something that is no time: {ErrorText.Start(answer.Body)}");
    }

    private long Now() => context.Time.GetUtcNow().ToUnixTimeSeconds();

    [SuppressMessage("Security", "CA5350", Justification = "The interface asks for SHA-1.")]
    private static string Hash(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
}
