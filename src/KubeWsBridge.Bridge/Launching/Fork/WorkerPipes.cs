using KubeWsBridge.Bridge.Launching.Linux;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>The pipes of a worker that is about to be forked.</summary>
internal sealed class WorkerPipes : IDisposable
{
    private readonly List<Fifo> _pipes = [];

    private WorkerPipes()
    {
    }

    /// <summary>For its standard output.</summary>
    public Fifo Output => _pipes[0];

    /// <summary>For its standard error.</summary>
    public Fifo Errors => _pipes[1];

    /// <summary>From which a spare gets what it is to do; others have none.</summary>
    public Fifo Input => _pipes[2];

    /// <summary>Makes them; their names are the path with <c>.out</c>, <c>.err</c> and, for a spare, <c>.in</c>.</summary>
    /// <exception cref="LaunchException">They can not be made.</exception>
    public static WorkerPipes Create(string path, bool isSpare)
    {
        var pipes = new WorkerPipes();
        try
        {
            foreach (var suffix in isSpare ? [".out", ".err", ".in"] : new[] { ".out", ".err" })
                pipes._pipes.Add(Fifo.Create(path + suffix));
            return pipes;
        }
        catch
        {
            pipes.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pipes.ForEach(pipe => pipe.Dispose());
}
