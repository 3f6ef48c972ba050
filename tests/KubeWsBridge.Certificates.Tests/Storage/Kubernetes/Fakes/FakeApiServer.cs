using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeWsBridge.Certificates.Storage.Kubernetes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

/// <summary>
/// A Kubernetes API server for Secrets and Leases of one namespace, over TLS with an authority of its own and for bearers of its token: versions and
/// conflicts, selectors, errors, limits and Roles as the real one has them, and faults on demand.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private const string Account = "system:serviceaccount:chat:bridge";

    private readonly TestAuthority _authority = new("kubernetes");
    private readonly WebApplication _app;
    private readonly FakeObjects _objects = new(Space);
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly ConcurrentDictionary<string, bool> _denied = new();
    private volatile TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeApiServer(string folder)
    {
        Folder = Path.Combine(folder, "serviceaccount");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "ca.crt"), _authority.Pem);
        File.WriteAllText(Path.Combine(Folder, "namespace"), Space);
        GiveToken("first");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = _authority.Issue("kube-apiserver", names: ["kubernetes.default.svc", "127.0.0.1"]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The namespace.</summary>
    public const string Space = "chat";

    /// <summary>The folder a container would find token, ca.crt and namespace in.</summary>
    public string Folder { get; }

    /// <summary>The token that is taken; another than the file has when it was changed by hand.</summary>
    public string Token { get; set; } = "";

    /// <summary>What goes wrong with a request; null for nothing. Asked for each.</summary>
    public Func<FakeRequest, FakeFault?> Fault { get; set; } = _ => null;

    /// <summary>What a request waits for before it is done.</summary>
    public Func<FakeRequest, Task> Gate { get; set; } = _ => Task.CompletedTask;

    /// <summary>What an answer waits for once the request is done.</summary>
    public Func<FakeRequest, Task> Hold { get; set; } = _ => Task.CompletedTask;

    /// <summary>Everything asked for, in its order; whether it was done is another matter.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>The variables a container has.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its files go.</param>
    public static async Task<FakeApiServer> StartAsync(string folder)
    {
        var server = new FakeApiServer(folder);
        await server._app.StartAsync();
        var address = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        server.Variables = new Dictionary<string, string>
        {
            ["KUBERNETES_SERVICE_HOST"] = address.Host,
            ["KUBERNETES_SERVICE_PORT"] = $"{address.Port}",
            [PodAccess.FolderVariable] = server.Folder,
        };
        return server;
    }

    /// <summary>Replaces the token, as happens every hour; the one before is not taken any more.</summary>
    public void GiveToken(string token) => File.WriteAllText(Path.Combine(Folder, "token"), Token = token);

    /// <summary>Takes a verb out of the Role.</summary>
    public void Deny(string verb, string resource) => _denied[$"{verb} {resource}"] = true;

    /// <summary>An object as it is stored.</summary>
    public JsonObject? Find(string resource, string name) => _objects.Find(resource, name);

    /// <summary>All objects of a kind.</summary>
    public IReadOnlyList<JsonObject> List(string resource) => _objects.List(resource);

    /// <summary>Changes an object as somebody else would, with another version afterwards.</summary>
    public void Change(string resource, string name, Action<JsonObject> change)
    {
        var item = Find(resource, name)!;
        change(item);
        _objects.Replace(Internal("update", resource, name), item);
    }

    /// <summary>Makes an object as somebody else would.</summary>
    public void Add(string resource, JsonObject item) => _objects.Create(Internal("create", resource, null), item);

    /// <summary>Removes an object as somebody else would.</summary>
    public void Remove(string resource, string name) => _objects.Delete(Internal("delete", resource, name));

    /// <summary>Waits until so many requests of a verb and resource have come.</summary>
    public async Task CameAsync(string verb, string resource, int count)
    {
        while (true)
        {
            var came = _came.Task;
            if (_requests.Count(request => request.Verb == verb && request.Resource == resource) >= count)
                return;
            await came.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        FakeFault? fault = null;
        int code;
        JsonObject answer;
        try
        {
            if (context.Request.Headers.Authorization != $"Bearer {Token}")
                throw new FakeRefusalException(401, "Unauthorized", "Unauthorized");
            var request = ReadRequest(context.Request);
            _requests.Enqueue(request);
            Interlocked.Exchange(ref _came, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            await Gate(request).WaitAsync(context.RequestAborted);
            fault = Fault(request);
            if (fault is { IsCutBefore: true })
                context.Abort();
            if (fault is { Hangs: true })
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            if (fault is { Code: > 0 })
                throw new FakeRefusalException(fault.Code, fault.Code == 429 ? "TooManyRequests" : "InternalError", $"fault {fault.Code}") { RetryAfter = fault.RetryAfter };
            if (_denied.ContainsKey($"{request.Verb} {request.Resource}"))
                throw FakeRefusalException.Forbidden(request, Account, Space);
            context.RequestAborted.ThrowIfCancellationRequested();
            (code, answer) = (request.Verb == "create" ? 201 : 200, await DoAsync(request, context.Request));
            await Hold(request).WaitAsync(context.RequestAborted);
        }
        catch (FakeRefusalException refusal)
        {
            (code, answer) = (refusal.Code, refusal.ToStatus());
            if (refusal.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = $"{seconds}";
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (fault is { IsCutAfter: true })
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private async Task<JsonObject> DoAsync(FakeRequest request, HttpRequest message)
    {
        switch (request.Verb)
        {
            case "create":
                return _objects.Create(request, await ReadBodyAsync(message));
            case "update":
                return _objects.Replace(request, await ReadBodyAsync(message));
            case "delete":
                _objects.Delete(request);
                return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
            case "get":
                var item = _objects.Find(request.Resource, request.Name!) ?? throw FakeRefusalException.NotFound(request);
                return request.IsForMetadata ? Partial(item) : item;
            default:
                var items = _objects.List(request.Resource, message.Query["labelSelector"]);
                return new JsonObject
                {
                    ["kind"] = request.IsForMetadata ? "PartialObjectMetadataList" : "List",
                    ["apiVersion"] = request.IsForMetadata ? "meta.k8s.io/v1" : "v1",
                    ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
                    ["items"] = new JsonArray([.. items.Select(found => request.IsForMetadata ? Partial(found) : found)]),
                };
        }
    }

    private static JsonObject Partial(JsonObject item) =>
        new() { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = item["metadata"]!.DeepClone() };

    private static async Task<JsonObject> ReadBodyAsync(HttpRequest message)
    {
        if (message.ContentType != "application/json")
            throw new FakeRefusalException(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json");
        try
        {
            return (await JsonNode.ParseAsync(message.Body))!.AsObject();
        }
        catch (JsonException unreadable)
        {
            throw FakeRefusalException.BadRequest($"the object provided is unrecognized (must be of type Secret): {unreadable.Message}");
        }
    }

    private static FakeRequest ReadRequest(HttpRequest message)
    {
        var (group, parts) = message.Path.Value!.Trim('/').Split('/') switch
        {
            ["api", "v1", "namespaces", Space, "secrets", .. var rest] => ("", (string[])["secrets", .. rest]),
            ["apis", "coordination.k8s.io", "v1", "namespaces", Space, "leases", .. var rest] => ("coordination.k8s.io", (string[])["leases", .. rest]),
            _ => throw new FakeRefusalException(404, "NotFound", "the server could not find the requested resource"),
        };
        var name = parts.ElementAtOrDefault(1);
        var verb = (message.Method, name) switch
        {
            ("GET", null) => "list",
            ("GET", _) => "get",
            ("POST", null) => "create",
            ("PUT", not null) => "update",
            ("DELETE", not null) => "delete",
            _ => throw new FakeRefusalException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
        };
        return new(verb, group, parts[0], name, message.Headers.Accept.ToString().Contains("as=PartialObjectMetadata", StringComparison.Ordinal));
    }

    private static FakeRequest Internal(string verb, string resource, string? name) =>
        new(verb, resource == "secrets" ? "" : "coordination.k8s.io", resource, name, false);
}
