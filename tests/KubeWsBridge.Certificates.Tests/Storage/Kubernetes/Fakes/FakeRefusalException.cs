using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

/// <summary>An error, as the API server tells it.</summary>
public sealed class FakeRefusalException(int code, string reason, string message, FakeRequest? request = null) : Exception(message)
{
    public int Code => code;

    public int? RetryAfter { get; init; }

    public JsonObject ToStatus()
    {
        var details = new JsonObject();
        if (request is not null)
        {
            if (request.Name is not null)
                details["name"] = request.Name;
            if (request.Group.Length > 0)
                details["group"] = request.Group;
            details["kind"] = request.Resource;
        }
        if (RetryAfter is { } seconds)
            details["retryAfterSeconds"] = seconds;
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = reason,
        };
        if (details.Count > 0)
            status["details"] = details;
        status["code"] = code;
        return status;
    }

    public static FakeRefusalException NotFound(FakeRequest request) => new(404, "NotFound", $"{request.Qualified} \"{request.Name}\" not found", request);

    public static FakeRefusalException AlreadyExists(FakeRequest request) => new(409, "AlreadyExists", $"{request.Qualified} \"{request.Name}\" already exists", request);

    public static FakeRefusalException Conflict(FakeRequest request) => new(409, "Conflict",
        $"Operation cannot be fulfilled on {request.Qualified} \"{request.Name}\": the object has been modified; please apply your changes to the latest version and try again",
        request);

    public static FakeRefusalException Invalid(FakeRequest request, string kind, string name, string flaw) =>
        new(422, "Invalid", $"{kind} \"{name}\" is invalid: {flaw}", request);

    public static FakeRefusalException BadRequest(string message) => new(400, "BadRequest", message);

    public static FakeRefusalException Forbidden(FakeRequest request, string account, string space) => new(403, "Forbidden",
        $"{request.Qualified}{(request.Name is null ? "" : $" \"{request.Name}\"")} is forbidden: User \"{account}\" cannot {request.Verb} resource "
        + $"\"{request.Resource}\" in API group \"{request.Group}\" in the namespace \"{space}\"",
        request);
}
