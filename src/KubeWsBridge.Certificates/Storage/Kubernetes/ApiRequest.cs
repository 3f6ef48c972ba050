using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>What the API server is asked.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Kind">With objects of which kind.</param>
/// <param name="Name">With which of them; null for all, or for a new one.</param>
internal sealed record ApiRequest(HttpMethod Method, ApiKind Kind, string? Name = null)
{
    /// <summary>The object, as JSON.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Which of all, by their labels.</summary>
    public string? Selector { get; init; }

    /// <summary>Whether only metadata is wanted: a Secret's data need not be sent just to learn its version.</summary>
    public bool IsForMetadata { get; init; }

    /// <summary>The verb, as Roles call it.</summary>
    public string Verb => Method.Method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "DELETE" => "delete",
        _ => Name is null ? "list" : "get",
    };

    public static ApiRequest Get(ApiKind kind, string name) => new(HttpMethod.Get, kind, name);

    public static ApiRequest Create<T>(ApiKind kind, T made, JsonTypeInfo<T> type) =>
        new(HttpMethod.Post, kind) { Body = JsonSerializer.SerializeToUtf8Bytes(made, type) };

    public static ApiRequest Replace<T>(ApiKind kind, string name, T changed, JsonTypeInfo<T> type) =>
        new(HttpMethod.Put, kind, name) { Body = JsonSerializer.SerializeToUtf8Bytes(changed, type) };

    /// <summary>The path and query of the request.</summary>
    public string PathIn(string space) =>
        $"/{Kind.Root}/namespaces/{space}/{Kind.Plural}{(Name is null ? "" : $"/{Name}")}{(Selector is null ? "" : $"?labelSelector={Uri.EscapeDataString(Selector)}")}";
}
