using System.ComponentModel;
using System.Diagnostics;

namespace KubeWsBridge.Bridge.Launching.Portable;

/// <summary>Starts workers with System.Diagnostics.Process, where there is no Linux: for development on macOS and Windows.</summary>
/// <remarks>What it can not do: end processes a worker left behind after its own exit, and end workers when the bridge is killed.</remarks>
internal sealed class PortableProcessLauncher : ILauncher
{
    /// <inheritdoc/>
    public string Name => ProcessLauncher.Name;

    /// <inheritdoc/>
    public ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IWorker>(cancellationToken);

        try
        {
            return new ValueTask<IWorker>(Launch(request));
        }
        catch (LaunchException exception)
        {
            return ValueTask.FromException<IWorker>(exception);
        }
    }

    private static PortableWorker Launch(LaunchRequest request)
    {
        var process = new Process { StartInfo = Describe(request) };
        try
        {
            process.Start();
            return new PortableWorker(process);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or ArgumentException)
        {
            process.Dispose();
            throw new LaunchException(
                $"The worker {request.Executable} could not be started: {exception.Message} Check --php-executable.",
                retryable: false,
                exception);
        }
    }

    private static ProcessStartInfo Describe(LaunchRequest request)
    {
        var directory = request.WorkingDirectory;
        if (directory is not null && !Directory.Exists(directory))
        {
            throw new LaunchException(
                $"The worker's working directory {directory} does not exist; create it or correct the setting.", retryable: false);
        }

        var executable = OperatingSystem.IsWindows() ? request.Executable : ExecutableSearch.Find(request);
        var start = new ProcessStartInfo(executable, request.Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? string.Empty,
        };
        start.Environment.Clear();
        foreach (var (name, value) in request.Environment)
            start.Environment[name] = value;

        return start;
    }
}
