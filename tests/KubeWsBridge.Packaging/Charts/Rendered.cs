using System.Text.Json.Nodes;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Everything in <see cref="ValueMatrix"/>, rendered and looked at once for all tests.</summary>
public sealed class Rendered : IAsyncLifetime
{
    private static readonly Lazy<Task<JsonObject>> Once = new(RunAsync);
    private JsonObject _results = [];

    /// <summary>The objects of a case.</summary>
    public IEnumerable<JsonNode> Objects(string name) => _results[name]!["objects"]!.AsArray().Select(node => node!);

    /// <summary>What is wrong with them by the schemas of their kinds.</summary>
    public IEnumerable<string> Problems(string name) => _results[name]!["problems"]!.AsArray().Select(node => (string)node!);

    /// <summary>The one object of a kind.</summary>
    /// <param name="name">The case.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="end">What the object's name ends with.</param>
    public JsonNode One(string name, string kind, string end = "") =>
        Objects(name).Single(node => (string)node["kind"]! == kind && ((string)node["metadata"]!["name"]!).EndsWith(end, StringComparison.Ordinal));

    /// <summary>The bridge's configuration file of a case.</summary>
    public string Configuration(string name) => Objects(name)
        .Select(node => (string?)node["data"]?["bridge.yaml"]).Single(text => text is not null)!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _results = await Once.Value;

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<JsonObject> RunAsync()
    {
        var texts = new JsonObject();
        foreach (var name in ValueMatrix.Names)
            texts[name] = (await Chart.RenderAsync(ValueMatrix.Values(name))).Succeeded();
        foreach (var (name, values) in ValueMatrix.Sites)
            texts[name] = (await Chart.RenderSiteAsync(values)).Succeeded();
        return await SchemaCheck.RunAsync(texts);
    }
}
