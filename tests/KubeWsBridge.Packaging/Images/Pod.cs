using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace KubeWsBridge.Packaging.Images;

/// <summary>Containers as Kubernetes runs the chart's: one network, not root, nothing writable but volumes, no capability.</summary>
public sealed class Pod(Engine engine) : IAsyncDisposable
{
    private const int ClientPort = 8080;

    /// <summary>An emptyDir with an fsGroup is open to all of the group, and hands it on to what is made in it.</summary>
    private const UnixFileMode VolumeMode = (UnixFileMode)0x5FF;

    private readonly List<IContainer> _containers = [];
    private readonly Scratch _volumes = new();

    /// <summary>Where clients connect on this machine.</summary>
    public int Port => _containers[0].GetMappedPublicPort(ClientPort);

    /// <summary>Starts the container that does nothing but hold the network, as the kubelet does.</summary>
    public async Task StartAsync()
    {
        File.SetUnixFileMode(_volumes.Folder, VolumeMode);
        await AddAsync(Described(new PodContainer("php:8.4-cli-bookworm", ["sleep"], ["infinity"]))
            .WithPortBinding(ClientPort, assignRandomHostPort: true)
            .Build());
    }

    /// <summary>The folder of a volume, which is there from the first time somebody asks for it.</summary>
    public string Volume(string name)
    {
        var folder = _volumes.File(name);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, VolumeMode);
        }
        return folder;
    }

    /// <summary>Starts a container and waits until it is as far as asked.</summary>
    public Task<IContainer> RunAsync(PodContainer container, IWaitForContainerOS? until = null) => AddAsync(
        Described(container)
            .WithWaitStrategy(until ?? Wait.ForUnixContainer())
            .WithCreateParameterModifier(parameters => parameters.HostConfig!.NetworkMode = $"container:{_containers[0].Id}")
            .Build());

    /// <summary>Stops a container as Kubernetes does, SIGTERM first.</summary>
    /// <returns>The exit code.</returns>
    public async Task<string> StopAsync(IContainer container)
    {
        (await engine.DockerAsync("stop", "--time", "60", container.Id)).Succeeded();
        return await InspectAsync(container, "{{.State.ExitCode}}");
    }

    /// <summary>A docker inspect of one value.</summary>
    public async Task<string> InspectAsync(IContainer container, string format) =>
        (await engine.DockerAsync("inspect", "--format", format, container.Id)).Succeeded().Trim();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var container in Enumerable.Reverse(_containers))
            await container.DisposeAsync();
        _volumes.Dispose();
    }

    private async Task<IContainer> AddAsync(IContainer container)
    {
        _containers.Add(container);
        await container.StartAsync();
        return container;
    }

    private ContainerBuilder Described(PodContainer container)
    {
        var builder = new ContainerBuilder(container.Image)
            .WithDockerEndpoint(engine.Address)
            .WithCleanUp(true)
            .WithCreateParameterModifier(parameters =>
            {
                parameters.User = "1654:1654";
                var host = parameters.HostConfig!;
                host.ReadonlyRootfs = true;
                host.CapDrop = ["ALL"];
                host.SecurityOpt = ["no-new-privileges"];
                host.Memory = container.Memory;
                host.MemorySwap = container.Memory;
            });
        if (container.Command.Count > 0)
            builder = builder.WithEntrypoint([.. container.Command]);
        if (container.Arguments.Count > 0)
            builder = builder.WithCommand([.. container.Arguments]);
        return container.Mounts.Aggregate(builder, (described, mount) => described.WithBindMount(Volume(mount.Volume), mount.Path));
    }
}
