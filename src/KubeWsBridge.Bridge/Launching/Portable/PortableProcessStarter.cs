using System.ComponentModel;
using System.Diagnostics;

namespace KubeWsBridge.Bridge.Launching.Portable;

/// <summary>Starts workers with System.Diagnostics.Process, where there is no Linux: for development on macOS and Windows.</summary>
/// <remarks>What it can not do: end processes a worker left behind after its own exit, and end workers when the bridge is killed.</remarks>
internal sealed class PortableProcessStarter : IProcessStarter
{
    /// <inheritdoc/>
    public IWorker Start(ProcessStart start)
    {
        var process = new Process { StartInfo = Describe(start) };
        try
        {
            process.Start();
            return new PortableWorker(start.Launcher, process);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or ArgumentException)
        {
            process.Dispose();
            throw new LaunchException(
                $"The worker {start.Executable} could not be started: {exception.Message} Check --php-executable.",
                retryable: false,
                exception);
        }
    }

    private static ProcessStartInfo Describe(ProcessStart request)
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
