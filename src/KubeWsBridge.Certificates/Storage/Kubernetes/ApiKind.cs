namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>A kind of objects.</summary>
/// <param name="Group">The API's group; empty for the first one.</param>
/// <param name="Plural">What they are called in paths and Roles.</param>
/// <param name="Verbs">What a Role has to allow.</param>
internal sealed record ApiKind(string Group, string Plural, string Verbs)
{
    public static readonly ApiKind Secrets = new("", "secrets", "get, list, create, update, delete");

    public static readonly ApiKind Leases = new("coordination.k8s.io", "leases", "get, create, update");

    /// <summary>What paths begin with.</summary>
    public string Root => Group.Length == 0 ? "api/v1" : $"apis/{Group}/v1";

    /// <summary>The rule that a Role needs, as YAML.</summary>
    public string Rule => $$"""{apiGroups: ["{{Group}}"], resources: ["{{Plural}}"], verbs: [{{Verbs}}]}""";
}
