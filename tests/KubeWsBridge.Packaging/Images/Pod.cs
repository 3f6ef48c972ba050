using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace KubeWsBridge.Packaging.Images;

/// <summary>Containers as the chart runs them: not root, nothing writable but what is mounted, no capability.</summary>
public sealed class Pod(Engine engine) : IAsyncDisposable
{
    private readonly List<IContainer> _containers = [];
    private readonly Scratch _scratch = new();

    /// <summary>A folder that all containers have at the same place as <c>/run/kubewsbridge</c>.</summary>
    public string Shared => Path.Combine(_scratch.Folder, "run");

    /// <summary>The folder of configuration files, at <c>/etc/kubewsbridge</c>.</summary>
    public string Configuration => Path.Combine(_scratch.Folder, "etc");

    /// <summary>Makes the folders.</summary>
    public Pod Prepare()
    {
        const UnixFileMode all = (UnixFileMode)0x1FF;
        foreach (var folder in new[] { Shared, Configuration })
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, all);
        }
        File.SetUnixFileMode(_scratch.Folder, all);
        return this;
    }

    /// <summary>Runs a container; with a peer it shares that one's network, as containers of one pod do.</summary>
    public async Task<IContainer> RunAsync(
        string image, string[] command, string? entrypoint = null, IContainer? peer = null, long memory = 0, IWaitForContainerOS? until = null)
    {
        var builder = new ContainerBuilder(image)
            .WithDockerEndpoint(engine.Address)
            .WithCommand(command)
            .WithTmpfsMount("/tmp")
            .WithBindMount(Shared, "/run/kubewsbridge")
            .WithBindMount(Configuration, "/etc/kubewsbridge", AccessMode.ReadOnly)
            .WithCleanUp(true)
            .WithWaitStrategy(until ?? Wait.ForUnixContainer())
            .WithCreateParameterModifier(parameters =>
            {
                parameters.User = "1654:1654";
                var host = parameters.HostConfig!;
                host.ReadonlyRootfs = true;
                host.CapDrop = ["ALL"];
                host.SecurityOpt = ["no-new-privileges"];
                host.Memory = memory;
                host.MemorySwap = memory;
                if (peer is not null)
                    host.NetworkMode = $"container:{peer.Id}";
            });
        if (entrypoint is not null)
            builder = builder.WithEntrypoint(entrypoint);
        if (peer is null)
            builder = builder.WithPortBinding(8080, assignRandomHostPort: true);
        var container = builder.Build();
        _containers.Add(container);
        await container.StartAsync();
        return container;
    }

    /// <summary>A docker inspect of one value.</summary>
    public async Task<string> InspectAsync(IContainer container, string format) =>
        (await engine.DockerAsync("inspect", "--format", format, container.Id)).Succeeded().Trim();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var container in Enumerable.Reverse(_containers))
            await container.DisposeAsync();
        _scratch.Dispose();
    }
}
