using System.Net;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>A server that answers for a zone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EndPoints">Its addresses, the likelier ones first; any of them speaks for it.</param>
public sealed record NameServer(string Name, IReadOnlyList<IPEndPoint> EndPoints)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({string.Join(", ", EndPoints)})";
}
