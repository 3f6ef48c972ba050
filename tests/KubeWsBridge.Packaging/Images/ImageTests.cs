using DotNet.Testcontainers.Builders;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Images;

/// <summary>The images, in containers.</summary>
[Collection(Engine.Collection)]
public sealed class ImageTests(Engine engine) : IAsyncLifetime, IDisposable
{
    private const string Listening = "listening on ws://";
    private const string Example = "/opt/kubewsbridge/php/examples/echo.php";
    private readonly Pod _pod = new Pod(engine).Prepare();

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisposeAsync() => _pod.DisposeAsync().AsTask();

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public async Task Image_OfTheBridge_HasNoShellAndNoRoot()
    {
        var shell = await engine.DockerAsync("run", "--rm", "--entrypoint", "/bin/sh", "kubewsbridge:bridge", "-c", "true");
        Assert.Contains("no such file or directory", shell.Error, StringComparison.Ordinal);

        var image = (await engine.DockerAsync("inspect", "--format", "{{.Config.User}} {{json .Config.Healthcheck.Test}} {{index .Config.Labels \"org.opencontainers.image.licenses\"}}", "kubewsbridge:bridge")).Succeeded();
        Assert.Equal("""1654:1654 ["CMD","/usr/local/bin/kubewsbridge","healthcheck"] MIT""", image.Trim());
    }

    [Fact]
    public async Task Program_OfTheImage_RunsOutsideOfItToo()
    {
        using var scratch = new Scratch();
        var container = (await engine.DockerAsync("create", "kubewsbridge:bridge")).Succeeded().Trim();
        (await engine.DockerAsync("cp", $"{container}:/usr/local/bin/kubewsbridge", scratch.File("kubewsbridge"))).Succeeded();
        (await engine.DockerAsync("rm", container)).Succeeded();

        await using var program = await RunningProgram.StartAsync(scratch.File("kubewsbridge"));
        using (var client = await EchoClient.ConnectAsync(program.Port))
            Assert.Equal("hello", await client.EchoAsync("hello"));
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task Php_InTheSameImage_EchoesIsHealthyAndDrainsWhenStopped()
    {
        var container = await _pod.RunAsync("kubewsbridge:php", ["--php-executable", "php", "--script", Example],
            until: Wait.ForUnixContainer().UntilContainerIsHealthy());
        using var client = await EchoClient.ConnectAsync(container.GetMappedPublicPort(8080));
        Assert.Equal("hello", await client.EchoAsync("hello"));
        Assert.StartsWith("1654 ", (await container.ExecAsync(["sh", "-c", "echo $(id -u) $(touch /x 2>&1)"])).Stdout, StringComparison.Ordinal);

        var stopping = engine.DockerAsync("stop", "--time", "60", container.Id);
        Assert.InRange(await client.ClosedAsync(), 1001, 1012);
        (await stopping).Succeeded();

        Assert.Equal("0", await _pod.InspectAsync(container, "{{.State.ExitCode}}"));
    }

    [Fact]
    public async Task Installer_IntoAnEmptyDirectory_BringsTheProgramToAnyImage()
    {
        var installer = await _pod.RunAsync("kubewsbridge:installer", ["/run/kubewsbridge"]);
        Assert.Equal(0, await installer.GetExitCodeAsync());
        File.Copy(Path.Combine(Repository.Root, "tests", "KubeWsBridge.Packaging", "Images", "echo.php"), Path.Combine(_pod.Configuration, "echo.php"));

        var php = await _pod.RunAsync("php:8.4-cli-bookworm", ["--php-executable", "php", "--script", "/etc/kubewsbridge/echo.php", "--launcher", "process"],
            "/run/kubewsbridge/kubewsbridge", until: Wait.ForUnixContainer().UntilMessageIsLogged(Listening));

        using var client = await EchoClient.ConnectAsync(php.GetMappedPublicPort(8080));
        Assert.Equal("hello", await client.EchoAsync("hello"));
    }

    [Fact]
    public async Task Storm_OfConnectionsWithin256MiB_LeavesTheBridgeAndItsSessionsAlone()
    {
        const int most = 8;
        var container = await _pod.RunAsync("kubewsbridge:php", ["--php-executable", "php", "--script", Example, "--launcher", "process",
            "--max-connections", $"{most}", "--max-processes", $"{most}"], memory: 256L << 20, until: Wait.ForUnixContainer().UntilMessageIsLogged(Listening));
        var port = container.GetMappedPublicPort(8080);
        using var survivor = await EchoClient.ConnectAsync(port);

        var answers = await Storm.RageAsync(port, connections: 300, atATime: 50);

        Assert.Equal("still here", await survivor.EchoAsync("still here"));
        Assert.Equal(300, answers.Sum(answer => answer.Value));
        Assert.InRange(answers.GetValueOrDefault(503), 1, 300);
        Assert.Empty(answers.Keys.Except([101, 503]));
        Assert.Equal("true false 0", await _pod.InspectAsync(container, "{{.State.Running}} {{.State.OOMKilled}} {{.RestartCount}}"));
    }
}
