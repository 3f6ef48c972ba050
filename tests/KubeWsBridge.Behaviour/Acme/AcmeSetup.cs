using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Bridges that get their certificate from a pebble, with a state directory of their own.</summary>
public sealed class AcmeSetup : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly PebbleServer _pebble;
    private readonly Uri _directory;
    private readonly FakeApiServer? _cluster;

    /// <summary>Writes down what bridges have to trust.</summary>
    /// <param name="pebble">The authority.</param>
    /// <param name="proxy">What bridges reach it through; null for the network.</param>
    /// <param name="cluster">Where they keep their state; null for a directory.</param>
    public AcmeSetup(PebbleServer pebble, AcmeProxy? proxy = null, FakeApiServer? cluster = null)
    {
        (_pebble, _directory, _cluster) = (pebble, proxy?.DirectoryUrl ?? pebble.DirectoryUrl, cluster);
        File.WriteAllText(_scratch.File("ca.pem"), proxy?.Root.ExportCertificatePem() ?? pebble.Roots.ExportCertificatePems());
    }

    /// <summary>A name that nobody has ordered for before, below example.test.</summary>
    public string Name { get; } = $"n{Guid.NewGuid():N}.example.test";

    /// <summary>The state directory.</summary>
    public string State => _scratch.File("state");

    /// <summary>What every bridge of this setup is told.</summary>
    public string[] Options =>
    [
        "--tls-mode", "automate", "--tls-domain", Name, "--tls-acme-directory", _directory.AbsoluteUri, "--tls-acme-ca-file", _scratch.File("ca.pem"),
        .. Storage,
    ];

    /// <summary>What commands are told that only look at what is stored.</summary>
    public string[] Storage => _cluster is null ? ["--tls-acme-state-dir", State] : ["--tls-storage", "kubernetes"];

    /// <summary>The variables of the pod they are in, if they are.</summary>
    public IReadOnlyDictionary<string, string>? Variables => _cluster?.Variables;

    /// <summary>The listeners where pebble looks.</summary>
    public string[] Ports => ["--ws-port", $"{_pebble.TlsPort}", "--tls-acme-http-port", $"{_pebble.HttpPort}"];

    /// <summary>Starts a bridge; it serves when this returns, and its certificate may still be self-signed.</summary>
    public Task<BridgeProcess> StartAsync(params string[] more) =>
        BridgeProcess.StartAsync(["--config", HandlerRoutes.Write(), .. Options, .. more], Variables);

    /// <summary>A file of this setup's.</summary>
    public string PathOf(string name) => _scratch.File(name);

    /// <summary>What lies in a folder of the state directory, or in a room of the cluster.</summary>
    public string[] Stored(string folder) => _cluster is not null
        ? [.. _cluster.List("secrets").Where(secret => (string?)secret["metadata"]!["labels"]!["kubewsbridge.io/room"] == folder).Select(secret => $"{secret}")]
        : Directory.Exists(Path.Combine(State, folder)) ? [.. Directory.EnumerateFiles(Path.Combine(State, folder), "*", SearchOption.AllDirectories)] : [];

    /// <summary>Waits until a bridge serves a certificate of the authority's, and gives its serial number.</summary>
    public static async Task<string> ServedAsync(BridgeProcess bridge) =>
        Regex.Match(await bridge.LoggedAsync("Serving the certificate "), "Serving the certificate ([0-9A-F]+) ").Groups[1].Value;

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();
}
