using System.Text.Json;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>What PHP-FPM's status page says of a pool. Its listen queue is not among it: on a unix socket that reads 0 always.</summary>
/// <param name="ProcessManager"><c>static</c>, <c>dynamic</c> or <c>ondemand</c>.</param>
/// <param name="Active">Busy workers, the one that makes the page among them.</param>
/// <param name="Total">All workers; with a static pool that is <c>pm.max_children</c>.</param>
internal readonly record struct FastCgiStatus(string ProcessManager, int Active, int Total)
{
    /// <summary>Whether all workers are there always.</summary>
    public bool IsStatic => ProcessManager == "static";

    /// <summary>Reads the page's JSON form.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static FastCgiStatus Parse(ReadOnlyMemory<byte> page)
    {
        try
        {
            using var document = JsonDocument.Parse(page);
            var root = document.RootElement;
            return new FastCgiStatus(
                root.GetProperty("process manager").GetString() ?? "",
                root.GetProperty("active processes").GetInt32(),
                root.GetProperty("total processes").GetInt32());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The answer is not PHP-FPM's status page in JSON.", exception);
        }
    }
}
