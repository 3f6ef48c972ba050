namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

/// <summary>A request as Roles see it.</summary>
/// <param name="Verb">get, list, create, update or delete.</param>
/// <param name="Group">The API group; empty for the first one.</param>
/// <param name="Resource">secrets or leases.</param>
/// <param name="Name">The object's name; null for lists and new objects.</param>
/// <param name="IsForMetadata">Whether only metadata was asked for.</param>
public sealed record FakeRequest(string Verb, string Group, string Resource, string? Name, bool IsForMetadata)
{
    /// <summary>The resource, as error messages call it.</summary>
    public string Qualified => Group.Length == 0 ? Resource : $"{Resource}.{Group}";

    public override string ToString() => Name is null ? $"{Verb} {Resource}" : $"{Verb} {Resource} {Name}";
}
