using KubeWsBridge.Hosting.Draining;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>Shows the drain, starts it, waits for it, calls it off.</summary>
internal sealed class DrainEndpoint(Drain drain)
{
    /// <summary>The path of all three.</summary>
    public const string Path = "/drain";

    /// <summary>Answers with how far it is.</summary>
    public Task ShowAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status200OK);

    /// <summary>Starts it or joins it: 202 at once, or, for <c>?wait</c>, 200 when the program is about to exit, and 409 when it was called off.</summary>
    public async Task StartAsync(HttpContext context)
    {
        var run = drain.Start(isFinal: false);
        if (!context.Request.Query.ContainsKey("wait"))
        {
            await AnswerAsync(context, StatusCodes.Status202Accepted);
            return;
        }

        run.Expect();
        context.Response.OnCompleted(() =>
        {
            run.Told();
            return Task.CompletedTask;
        });
        await ((Task)run.Ended).WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (run.Ended.IsCompletedSuccessfully)
            await AnswerAsync(context, run.Ended.Result == DrainOutcome.Cancelled ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    /// <summary>Calls it off, or says why that can't be.</summary>
    public Task CancelAsync(HttpContext context) => drain.Cancel() is { } refusal
        ? ManagementAnswer.TextAsync(context, StatusCodes.Status409Conflict, refusal)
        : AnswerAsync(context, StatusCodes.Status200OK);

    private Task AnswerAsync(HttpContext context, int status) =>
        ManagementAnswer.JsonAsync(context, status, Describe(drain.Status), ManagementJson.Default.DrainAnswer);

    private static DrainAnswer Describe(DrainStatus status) => new(
        status.State.ToString().ToLowerInvariant(), status.SessionsLeft, status.Run?.Sessions, status.Run?.StartedAt, status.Run?.ClosesAt,
        status.Run?.Deadline, status.Run is null ? null : !status.IsFinal && status.State != DrainState.Exiting);
}
