using System.Text.Json.Nodes;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Checks objects against the schemas of Kubernetes: unknown fields, wrong types, missing ones.</summary>
public static class SchemaCheck
{
    /// <summary>Checks YAML documents, case by case.</summary>
    /// <returns>For each case its <c>objects</c> and its <c>problems</c>.</returns>
    public static async Task<JsonObject> RunAsync(JsonObject texts)
    {
        var checkedTexts = await Command.RunAsync(NpmTools.Node, [NpmTools.Script("validate.mjs")], texts.ToJsonString());
        return JsonNode.Parse(checkedTexts.Succeeded())!.AsObject();
    }
}
