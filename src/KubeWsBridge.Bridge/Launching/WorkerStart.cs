using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Rendezvous;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Launches a worker and waits for it to connect back.</summary>
internal sealed class WorkerStart(LaunchOptions options, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);

    // A worker may connect, write and be gone before we are told of the connection. One that succeeded is worth waiting for.
    private static readonly TimeSpan LateArrivalAfterSuccess = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LateArrivalAfterFailure = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts the worker, trying again while that may help.</summary>
    /// <returns>The worker, or the refusal and why.</returns>
    public async Task<StartedWorker> LaunchAsync(ILauncher launcher, LaunchRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new StartedWorker(await launcher.LaunchAsync(request, cancellationToken), null, null);
            }
            catch (LaunchException exception)
            {
                // Another refusal speaks for itself, once, in its own line.
                if (exception.Refusal == Refusals.LaunchFailed)
                    WorkerStartLog.LaunchFailed(logger, attempt + 1, exception.Message);
                if (!exception.Retryable || attempt >= options.ConnectRetries || cancellationToken.IsCancellationRequested)
                    return new StartedWorker(null, null, exception.Refusal, exception.Message);
            }
            catch (OperationCanceledException)
            {
                return new StartedWorker(null, null, Refusals.LaunchFailed, "It was called off.");
            }

            var delay = Task.Delay(FirstRetryDelay * (1 << Math.Min(attempt, 6)), timeProvider, cancellationToken);
            await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for the worker to arrive, to die, for the time to run out, or for the wait to be called off.</summary>
    /// <returns>The connection, or the refusal; the worker is in it in every case.</returns>
    public async Task<StartedWorker> MeetAsync(IWorker worker, PendingMeeting meeting, CancellationToken cancellationToken)
    {
        var met = Task.WhenAny(meeting.Arrived, worker.Exited);
        var inTime = await met.EndsWithin(options.ConnectTimeout, timeProvider, cancellationToken);
        if (inTime && !meeting.Arrived.IsCompleted)
        {
            var exit = await worker.Exited;
            var patience = exit.Succeeded ? LateArrivalAfterSuccess : LateArrivalAfterFailure;
            if (!await meeting.Arrived.EndsWithin(patience, timeProvider, cancellationToken))
                return new StartedWorker(worker, null, Refusals.WorkerDied, $"It exited with {exit}.");
        }

        return meeting.Arrived.IsCompleted
            ? Judge(worker, meeting.Take())
            : new StartedWorker(worker, null, Refusals.ConnectTimeout, $"Waited {options.ConnectTimeout.TotalSeconds:0.#} s.");
    }

    private static StartedWorker Judge(IWorker worker, Arrival arrival)
    {
        var hello = arrival.Hello;
        if (hello is { Fault: null, Rejection: null })
            return new StartedWorker(worker, arrival, null);

        arrival.Dispose();
        return hello.Rejection is { } rejection
            ? new StartedWorker(worker, null, Refusals.ByWorker(rejection.Status, rejection.Reason), $"Its answer: {rejection.Status} {rejection.Reason}".TrimEnd() + ".")
            : new StartedWorker(worker, null, Refusals.BadHello, $"In the hello line: {hello.Fault}");
    }
}
