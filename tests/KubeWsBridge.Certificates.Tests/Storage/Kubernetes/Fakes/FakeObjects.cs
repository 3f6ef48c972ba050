using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

/// <summary>The objects of one namespace: made, replaced and removed as the API server does it.</summary>
internal sealed class FakeObjects(string space)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _items = new(StringComparer.Ordinal);
    private long _version = 1000;

    public JsonObject? Find(string resource, string name)
    {
        lock (_lock)
            return _items.GetValueOrDefault($"{resource}/{name}")?.DeepClone().AsObject();
    }

    public IReadOnlyList<JsonObject> List(string resource, string? selector = null)
    {
        lock (_lock)
            return [.. _items.Where(item => item.Key.StartsWith(resource + "/", StringComparison.Ordinal) && Matches(item.Value, selector))
                .Select(item => item.Value.DeepClone().AsObject())];
    }

    public JsonObject Create(FakeRequest request, JsonObject item)
    {
        var metadata = Check(request, item);
        var name = (string?)metadata["name"] ?? "";
        request = request with { Name = name };
        if (metadata["resourceVersion"] is not null)
            throw new FakeRefusalException(500, "InternalError", "resourceVersion should not be set on objects to be created");
        CheckValid(request, item, name);
        lock (_lock)
        {
            if (_items.ContainsKey(Key(request)))
                throw FakeRefusalException.AlreadyExists(request);
            metadata["namespace"] = space;
            metadata["uid"] = Guid.NewGuid().ToString();
            metadata["creationTimestamp"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            metadata["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubewsbridge", ["operation"] = "Update" });
            if (request.Resource == "secrets")
                item["type"] ??= "Opaque";
            return Keep(request, item);
        }
    }

    public JsonObject Replace(FakeRequest request, JsonObject item)
    {
        var metadata = Check(request, item);
        if ((string?)metadata["name"] != request.Name)
            throw FakeRefusalException.BadRequest($"the name of the object ({metadata["name"]}) does not match the name on the URL ({request.Name})");
        CheckValid(request, item, request.Name!);
        lock (_lock)
        {
            if (!_items.TryGetValue(Key(request), out var before))
                throw FakeRefusalException.NotFound(request);
            var known = before["metadata"]!;
            // Who names no version replaces whatever is there; Leases allow that to nobody.
            if (metadata["resourceVersion"] is null && request.Resource == "leases")
                throw FakeRefusalException.Invalid(request, "Lease", request.Name!, "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
            if (metadata["resourceVersion"] is { } version && (string)version! != (string)known["resourceVersion"]!)
                throw FakeRefusalException.Conflict(request);
            if (metadata["uid"] is { } uid && (string)uid! != (string)known["uid"]!)
                throw FakeRefusalException.Conflict(request);
            if (request.Resource == "secrets" && (string?)item["type"] != (string?)before["type"])
                throw FakeRefusalException.Invalid(request, "Secret", request.Name!, "type: Invalid value: field is immutable");
            foreach (var given in new[] { "namespace", "uid", "creationTimestamp", "resourceVersion" })
                metadata[given] = known[given]!.DeepClone();
            return JsonNode.DeepEquals(item, before) ? before.DeepClone().AsObject() : Keep(request, item); // what changes nothing is no change
        }
    }

    public void Delete(FakeRequest request)
    {
        lock (_lock)
            if (!_items.Remove(Key(request)))
                throw FakeRefusalException.NotFound(request);
    }

    private JsonObject Keep(FakeRequest request, JsonObject item)
    {
        item["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
        _items[Key(request)] = item.DeepClone().AsObject();
        return item;
    }

    private JsonObject Check(FakeRequest request, JsonObject item)
    {
        var (version, kind) = request.Resource == "secrets" ? ("v1", "Secret") : ("coordination.k8s.io/v1", "Lease");
        if ((string?)item["apiVersion"] != version || (string?)item["kind"] != kind)
            throw FakeRefusalException.BadRequest($"{item["kind"]} in version \"{item["apiVersion"]}\" cannot be handled as a {kind}");
        if (item["metadata"] is not JsonObject metadata)
            throw FakeRefusalException.BadRequest("name or generateName is required");
        if ((string?)metadata["namespace"] is { } other && other != space)
            throw FakeRefusalException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        return metadata;
    }

    private static void CheckValid(FakeRequest request, JsonObject item, string name)
    {
        var kind = (string)item["kind"]!;
        if (FakeValidation.FlawOf(item, kind) is { } flaw)
            throw FakeRefusalException.Invalid(request, kind, name, flaw);
    }

    private static string Key(FakeRequest request) => $"{request.Resource}/{request.Name}";

    private static bool Matches(JsonObject item, string? selector) => string.IsNullOrEmpty(selector) || selector.Split(',').All(term =>
        term.Split('=') is [var key, var value] && (string?)item["metadata"]?["labels"]?[key] == value);
}
