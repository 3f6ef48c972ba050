namespace KubeWsBridge.Bridge.Closing;

/// <summary>Ends a worker whose input has ended: patience first, then SIGTERM, then SIGKILL to its whole process group.</summary>
internal static class WorkerStop
{
    /// <summary>Returns when the worker is gone.</summary>
    /// <param name="worker">Its back-connection is half-closed already.</param>
    /// <param name="options">How long each step may take.</param>
    /// <param name="timeProvider">Measures the steps.</param>
    /// <param name="hurry">Skips to SIGKILL.</param>
    public static async Task StopAsync(IStoppable worker, ClosingOptions options, TimeProvider timeProvider, CancellationToken hurry)
    {
        (TimeSpan Patience, StopSignal Then)[] table =
        [
            (options.WorkerGrace, StopSignal.Terminate),
            (options.TerminateGrace, StopSignal.Kill),
        ];

        foreach (var (patience, signal) in table)
        {
            if (!hurry.IsCancellationRequested && await worker.Exited.EndsWithin(patience, timeProvider, hurry))
                return;
            worker.Signal(hurry.IsCancellationRequested ? StopSignal.Kill : signal);
        }

        await worker.Exited;
    }
}
