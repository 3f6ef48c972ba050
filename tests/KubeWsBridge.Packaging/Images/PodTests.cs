using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Images;

/// <summary>The images in containers, in each way that PHP can come to them.</summary>
[Collection(Engine.Collection)]
public sealed class PodTests(Engine engine) : IAsyncLifetime
{
    private const string Plain = "php:8.4-cli-bookworm";

    private static readonly string Handler = Path.Combine(Repository.Root, "tests", "KubeWsBridge.Packaging", "Images", "echo.php");
    private readonly Pod _pod = new(engine);

    private static IWaitForContainerOS Listening => Wait.ForUnixContainer().UntilMessageIsLogged("listening on ws://");

    /// <inheritdoc/>
    public Task InitializeAsync() => _pod.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => _pod.DisposeAsync().AsTask();

    [Fact]
    public async Task Php_InTheSameImage_EchoesIsHealthyAndDrainsWhenStopped()
    {
        var bridge = await _pod.RunAsync(new PodContainer("kubewsbridge:php", [], []), Wait.ForUnixContainer().UntilContainerIsHealthy());
        var inside = await bridge.ExecAsync(["sh", "-c", "id -u; touch /x"]);
        Assert.Equal("1654", inside.Stdout.Trim());
        Assert.Contains("Read-only file system", inside.Stderr, StringComparison.Ordinal);

        await EchoesAndDrainsAsync(bridge);
    }

    [Fact]
    public async Task Installer_IntoAVolume_BringsTheProgramToAnyImageWithGlibc()
    {
        var installer = await _pod.RunAsync(new PodContainer("kubewsbridge:installer", [], []) { Mounts = [("program", "/target")] });
        Assert.Equal(0, await installer.GetExitCodeAsync());
        Assert.Contains("not with musl, such as Alpine's", (await installer.GetLogsAsync()).Stdout, StringComparison.Ordinal);

        File.Copy(Handler, Path.Combine(_pod.Volume("code"), "echo.php"));
        var bridge = await _pod.RunAsync(
            new PodContainer(Plain, ["/opt/bin/kubewsbridge"], ["--php-executable", "php", "--script", "/app/echo.php", "--launcher", "process"])
            {
                Mounts = [("program", "/opt/bin"), ("code", "/app"), ("tmp", "/tmp")],
            },
            Listening);

        await EchoesAndDrainsAsync(bridge);
    }

    [Fact]
    public async Task Fpm_InAContainerBesideTheBridge_EchoesAndIsThereUntilTheBridgeHasDrained()
    {
        var containers = await ChartPod.PrepareAsync(_pod, $$"""
            mode: fpm
            fpm: {image: {repository: php, tag: 8.4-cli-bookworm}, command: [php-fpm8.2], workers: 4}
            {{Site}}
            """);
        var (fpm, bridge) = (await _pod.RunAsync(containers[0]), await _pod.RunAsync(containers[1], Listening));

        await EchoesAndDrainsAsync(bridge);
        Assert.Equal("0", await _pod.StopAsync(fpm));
    }

    [Fact]
    public async Task ForkServer_InAContainerBesideTheBridge_EchoesAndIsThereUntilTheBridgeHasDrained()
    {
        var containers = await ChartPod.PrepareAsync(_pod, $$"""
            mode: forkserver
            forkServer: {image: {repository: php, tag: 8.4-cli-bookworm} }
            {{Site}}
            """);
        var (server, bridge) = (await _pod.RunAsync(containers[0]), await _pod.RunAsync(containers[1], Listening));

        await EchoesAndDrainsAsync(bridge);
        Assert.Equal("true", await _pod.InspectAsync(server, "{{.State.Running}}"));
        await _pod.StopAsync(server);
    }

    [Theory]
    [InlineData("8", "--launcher", "process")]
    [InlineData("auto", "--launcher", "process")]
    [InlineData("auto", "--launcher", "fork")]
    [InlineData("auto", "--launcher", "pool", "--pool-size", "4")]
    public async Task Storm_OfConnectionsWithin256MiB_LeavesTheBridgeAndItsSessionsAlone(string limit, params string[] launcher)
    {
        const string echo = "/opt/kubewsbridge/php/examples/echo.php";
        var bridge = await _pod.RunAsync(
            new PodContainer(
                "kubewsbridge:php", [], ["--php-executable", "php", "--script", echo, "--max-connections", limit, "--max-processes", limit, .. launcher])
            {
                Memory = 256L << 20,
            },
            Listening);
        var survivors = new List<EchoClient>();
        while (survivors.Count < 3)
            survivors.Add(await EchoClient.ConnectAsync(_pod.Port));

        var answers = await Storm.RageAsync(_pod.Port, connections: 600, atATime: 100);

        foreach (var survivor in survivors)
        {
            using (survivor)
                Assert.Equal("still here", await survivor.EchoAsync("still here"));
        }
        Assert.Equal(600, answers.Sum(answer => answer.Value));
        Assert.Equal([101, 503], answers.Keys.Order());
        Assert.Equal("true false 0", await _pod.InspectAsync(bridge, "{{.State.Running}} {{.State.OOMKilled}} {{.RestartCount}}"));
        // Not one worker either: a kubelet has the whole container killed with the first of its processes.
        var memory = await bridge.ExecAsync(["sh", "-c", "cat /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null"]);
        Assert.Contains("oom_kill 0\n", memory.Stdout, StringComparison.Ordinal);
        Assert.Equal("0", await _pod.StopAsync(bridge));
    }

    /// <summary>Values of the chart: the images under test, a handler of its own, and a drain that does not wait for a load balancer.</summary>
    private static string Site => $$"""
        image: {repository: kubewsbridge, tag: bridge}
        script: /app/echo.php
        drain: {delay: 0, period: 1}
        code:
          files:
            echo.php: |
        {{string.Join('\n', File.ReadAllLines(Handler).Select(line => "      " + line))}}
        """;

    private async Task EchoesAndDrainsAsync(IContainer bridge)
    {
        using var client = await EchoClient.ConnectAsync(_pod.Port);
        Assert.Equal("hello", await client.EchoAsync("hello"));

        var stopping = _pod.StopAsync(bridge);
        Assert.InRange(await client.ClosedAsync(), 1001, 1012);
        Assert.Equal("0", await stopping);
    }
}
