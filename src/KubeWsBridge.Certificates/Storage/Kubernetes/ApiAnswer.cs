using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>What the API server said, read to its end.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">How long to wait before asking again, if it said so.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>There is no such object.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound;

    /// <summary>The object has been made or changed by somebody else meanwhile.</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict;

    /// <summary>Asking again may help.</summary>
    public bool MayPass => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>The object it is.</summary>
    /// <exception cref="StorageException">It is none.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new StorageException("The Kubernetes API server answered with null.");
        }
        catch (JsonException unreadable)
        {
            throw new StorageException($"The Kubernetes API server's answer can't be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>What is wrong, in the server's words; something before it may have answered in its place.</summary>
    public string ReadMessage()
    {
        try
        {
            return JsonSerializer.Deserialize(Body, KubernetesJson.Default.StatusResource)?.Message ?? $"status {(int)Status}";
        }
        catch (JsonException)
        {
            return $"status {(int)Status}";
        }
    }
}
