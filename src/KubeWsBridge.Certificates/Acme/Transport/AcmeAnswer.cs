using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>What a server said, read to its end.</summary>
internal sealed record AcmeAnswer
{
    public required Uri Url { get; init; }

    public required HttpStatusCode Status { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>The body's media type, without parameters.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where what was made or asked for is, absolute.</summary>
    public Uri? Location { get; init; }

    public string? Nonce { get; init; }

    /// <summary>How long to wait before asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Targets of Link headers with rel="alternate", absolute.</summary>
    public IReadOnlyList<Uri> Alternates { get; init; } = [];

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as an object of the protocol.</summary>
    /// <exception cref="AcmeProtocolException">It is none.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new AcmeProtocolException(Url, "is null");
        }
        catch (JsonException unreadable)
        {
            throw new AcmeProtocolException(Url, $"is no {typeof(T).Name.Replace("Resource", "", StringComparison.Ordinal)} object", unreadable);
        }
    }

    public Uri RequireLocation() => Location ?? throw new AcmeProtocolException(Url, "has no Location header");
}
