using System.Text.Json.Nodes;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Kubernetes' Pod Security Standard "restricted", as far as a Linux pod can break it.</summary>
public static class PodSecurity
{
    private static readonly HashSet<string> Volumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    /// <summary>The pod of an object, or null when it makes none.</summary>
    public static JsonNode? PodOf(JsonNode owner) => (string)owner["kind"]! == "Pod" ? owner["spec"] : owner["spec"]?["template"]?["spec"];

    /// <summary>All containers of a pod, init containers first.</summary>
    public static IEnumerable<JsonNode> Containers(JsonNode pod) => Items(pod["initContainers"]).Concat(Items(pod["containers"]));

    /// <summary>What the standard forbids.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="except">A container that is somebody else's.</param>
    public static IEnumerable<string> Violations(JsonNode pod, string? except = null)
    {
        foreach (var field in new[] { "hostNetwork", "hostPID", "hostIPC" })
            if ((bool?)pod[field] == true)
                yield return field;
        foreach (var volume in Items(pod["volumes"]))
            foreach (var (type, _) in volume.AsObject())
                if (type != "name" && !Volumes.Contains(type))
                    yield return $"volume {type}";
        foreach (var container in Containers(pod).Where(container => (string)container["name"]! != except))
            foreach (var violation in Violations(pod, container))
                yield return $"{container["name"]}: {violation}";
    }

    private static IEnumerable<string> Violations(JsonNode pod, JsonNode container)
    {
        var own = container["securityContext"];
        var shared = pod["securityContext"];
        if ((bool?)own?["privileged"] == true)
            yield return "privileged";
        if ((bool?)own?["allowPrivilegeEscalation"] != false)
            yield return "allowPrivilegeEscalation";
        if ((bool?)(own?["runAsNonRoot"] ?? shared?["runAsNonRoot"]) != true)
            yield return "runAsNonRoot";
        if ((int?)(own?["runAsUser"] ?? shared?["runAsUser"]) == 0)
            yield return "runAsUser 0";
        if ((string?)(own?["seccompProfile"] ?? shared?["seccompProfile"])?["type"] is not ("RuntimeDefault" or "Localhost"))
            yield return "seccompProfile";
        if (!Items(own?["capabilities"]?["drop"]).Any(capability => (string)capability! == "ALL") || Items(own?["capabilities"]?["add"]).Any())
            yield return "capabilities";
        // Not in the standard, but ours.
        if ((bool?)own?["readOnlyRootFilesystem"] != true)
            yield return "readOnlyRootFilesystem";
    }

    private static IEnumerable<JsonNode> Items(JsonNode? node) => node?.AsArray().Select(item => item!) ?? [];
}
