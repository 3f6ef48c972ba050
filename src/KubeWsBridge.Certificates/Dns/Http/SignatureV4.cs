using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>Signs requests as AWS asks for (Signature Version 4, one chunk, signed payload).</summary>
/// <param name="credentials">Who asks.</param>
/// <param name="region">The region in the scope.</param>
/// <param name="service">The service in the scope.</param>
/// <param name="time">The time.</param>
internal sealed class SignatureV4(AwsCredentials credentials, string region, string service, TimeProvider time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the date, the session's token and the signature. All headers set before are signed with it.</summary>
    public async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var date = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var moment = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", moment);
        if (credentials.SessionToken is { } token)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", token.Reveal());

        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = Headers(request);
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join('\n',
            request.Method.Method,
            Path(request.RequestUri!),
            Query(request.RequestUri!),
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")),
            names,
            Hash(body));
        var scope = $"{date}/{region}/{service}/aws4_request";
        var text = $"{Algorithm}\n{moment}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(Mac(Key(date), text));
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private byte[] Key(string date)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey.Reveal());
        foreach (var part in new[] { date, region, service, "aws4_request" })
            key = Mac(key, part);
        return key;
    }

    private static SortedDictionary<string, string> Headers(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.NonValidated.Concat(request.Content is { } content ? content.Headers.NonValidated : []))
            // The length is known to nobody but the connection until the request is sent.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                headers[name.ToLowerInvariant()] = string.Join(',', values.Select(Squeeze));
        return headers;
    }

    // Every service but S3 signs the path encoded once more than it is sent.
    private static string Path(Uri address)
    {
        var segments = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString);
        var path = "/" + string.Join('/', segments);
        return address.AbsolutePath.EndsWith('/') && path.Length > 1 ? path + "/" : path;
    }

    private static string Query(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.Length > 1 ? pair[1] : "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Squeeze(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
