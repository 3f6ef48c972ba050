using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>One thing the operator's port can be asked for.</summary>
/// <param name="Method">The HTTP method; HEAD goes where GET does.</param>
/// <param name="Path">The path, matched whole; one that ends with a slash matches everything below it.</param>
/// <param name="IsPublic">Whether everybody who reaches the port may ask: probes and metrics.</param>
/// <param name="Handle">Answers.</param>
internal sealed record ManagementEndpoint(string Method, string Path, bool IsPublic, RequestDelegate Handle)
{
    /// <summary>Whether the path is this one's.</summary>
    public bool Matches(string path) =>
        Path.EndsWith('/') ? path.StartsWith(Path, StringComparison.Ordinal) && path.Length > Path.Length : path == Path;
}
