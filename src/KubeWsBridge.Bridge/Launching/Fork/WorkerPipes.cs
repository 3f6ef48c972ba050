using KubeWsBridge.Bridge.Launching.Linux;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>The pipes of a worker that is about to be forked.</summary>
internal sealed class WorkerPipes : IDisposable
{
    private WorkerPipes(Fifo output, Fifo errors) => (Output, Errors) = (output, errors);

    /// <summary>For its standard output.</summary>
    public Fifo Output { get; }

    /// <summary>For its standard error.</summary>
    public Fifo Errors { get; }

    /// <summary>Makes both; their names are the path with <c>.out</c> and <c>.err</c>.</summary>
    /// <exception cref="LaunchException">They can not be made.</exception>
    public static WorkerPipes Create(string path)
    {
        var output = Fifo.Create(path + ".out");
        try
        {
            return new WorkerPipes(output, Fifo.Create(path + ".err"));
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Errors.Dispose();
    }
}
