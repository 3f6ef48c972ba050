using System.Net;

namespace KubeWsBridge.Hosting;

/// <summary>An address on which nothing ever arrives.</summary>
internal sealed class SilentEndPoint : EndPoint
{
    /// <summary>The one instance.</summary>
    public static readonly SilentEndPoint Instance = new();

    /// <inheritdoc/>
    public override string ToString() => "silent";
}
