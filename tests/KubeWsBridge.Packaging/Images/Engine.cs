using System.Diagnostics;
using DotNet.Testcontainers.Configurations;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Images;

/// <summary>A Docker engine of these tests' own, with the images built from the Dockerfile as it is.</summary>
/// <remarks>
/// No registry is needed: the base images are made from Debian's packages (tests/base-images.sh). They and the layers of earlier builds are kept
/// in KWB_DOCKER_ROOT, /var/tmp/kubewsbridge-docker if it is not set. KWB_IMAGES=built takes the images as they are there.
/// </remarks>
public sealed class Engine : IAsyncLifetime
{
    /// <summary>The name of the collection of tests that share it.</summary>
    public const string Collection = "Docker engine";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Scratch _scratch = new();
    private Process? _daemon;

    /// <summary>Where it answers.</summary>
    public string Address => $"unix://{_scratch.File("docker.sock")}";

    /// <summary>Runs a docker command.</summary>
    public Task<Command> DockerAsync(params IEnumerable<string> arguments) => Command.RunAsync(
        Peers.Find("docker", "apt-get install docker.io"), ["--host", Address, .. arguments], input: "", Environment);

    private static Dictionary<string, string> Environment { get; } = new() { ["DOCKER_BUILDKIT"] = "0", ["DOCKER_API_VERSION"] = "1.41" };

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        System.Environment.SetEnvironmentVariable("DOCKER_API_VERSION", "1.41");
        TestcontainersSettings.ResourceReaperEnabled = false;
        await StartAsync();
        if (System.Environment.GetEnvironmentVariable("KWB_IMAGES") == "built")
            return;
        (await Command.RunAsync("/bin/bash", [Path.Combine(Repository.Root, "tests", "base-images.sh"), "docker", "--host", Address], "", Environment)).Succeeded();
        foreach (var target in new[] { "bridge", "php", "installer" })
            (await BuildAsync(target, target)).Succeeded();
    }

    /// <summary>Builds a target of the Dockerfile, with more arguments if there are any.</summary>
    public Task<Command> BuildAsync(string target, string tag, params IEnumerable<string> arguments) => DockerAsync([
        "build", "--network", "host", "--target", target, "--tag", $"kubewsbridge:{tag}",
        .. arguments.SelectMany(argument => new[] { "--build-arg", argument }), Repository.Root]);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_daemon is not null)
        {
            (await Command.RunAsync("/bin/kill", "-TERM", $"{_daemon.Id}")).Succeeded();
            await _daemon.WaitForExitAsync().WaitAsync(Patience);
            _daemon.Dispose();
        }
        _scratch.Dispose();
    }

    private async Task StartAsync()
    {
        var root = System.Environment.GetEnvironmentVariable("KWB_DOCKER_ROOT") ?? "/var/tmp/kubewsbridge-docker";
        var info = new ProcessStartInfo(Peers.Find("dockerd", "apt-get install docker.io"), [
            "--data-root", root, "--exec-root", _scratch.File("exec"), "--pidfile", _scratch.File("pid"), "--host", Address,
            "--ip", "127.0.0.1", "--bip", "172.29.0.1/24"])
        {
            RedirectStandardError = true,
        };
        _daemon = Process.Start(info)!;
        var log = new List<string>();
        using var patience = new CancellationTokenSource(Patience);
        while (!log.LastOrDefault("").Contains("API listen on", StringComparison.Ordinal))
            log.Add(await _daemon.StandardError.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"dockerd ended; it needs root.\n{string.Join('\n', log)}"));
        _ = _daemon.StandardError.ReadToEndAsync(CancellationToken.None);
    }
}
