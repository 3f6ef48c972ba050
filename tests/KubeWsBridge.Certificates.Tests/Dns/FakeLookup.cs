using System.Net;
using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>DNS as a test wants it.</summary>
internal sealed class FakeLookup : IDnsLookup
{
    public HashSet<string> Zones { get; } = ["example.test"];

    public Dictionary<string, string> Aliases { get; } = [];

    public List<NameServer> Servers { get; } = [Server("ns1.example.test")];

    /// <summary>What a server says, by its name; null when it says nothing.</summary>
    public Func<string, IReadOnlyList<string>?> Texts { get; set; } = _ => [];

    public static NameServer Server(string name) => new(name, [new IPEndPoint(IPAddress.Loopback, 53)]);

    public Task<bool> IsZoneAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Zones.Contains(name));

    public Task<string?> FindAliasAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Aliases.GetValueOrDefault(name));

    public Task<IReadOnlyList<NameServer>> FindNameServersAsync(string zone, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<NameServer>>(Servers);

    public Task<IReadOnlyList<string>?> ReadTextsAsync(NameServer server, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Texts(server.Name));
}
