using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Launching.Fork;

namespace KubeWsBridge.Bridge.Launching.Auto;

/// <summary>Finds the best launcher for a route: fork where it works, else the pool where a size is configured, else process.</summary>
/// <remarks>Never fastcgi, whose workers find another environment, nor anything but process for a program that is not PHP.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class AutoChoice(
    LaunchPlan plan, LauncherContext context, ILauncher process, ILauncherFactory pool, ForkLauncherFactory fork)
{
    /// <summary>Tries what has to be tried; the launcher it returns has been started.</summary>
    public async Task<AutoDecision> DecideAsync(CancellationToken cancellationToken)
    {
        if (plan.Script is null)
            return Simplest(null);
        if (await context.Probe.AskAsync(plan, context).WaitAsync(cancellationToken) is not { } facts)
            return Simplest(null);
        if (facts.MissingExtensions is { Count: > 0 } missing)
            return WithoutFork($"PHP {facts.Version} has not loaded {string.Join(" and ", missing)}, which forking needs");

        var forking = fork.Create(plan, context, process);
        forking.Start();
        try
        {
            var failure = await forking.FirstOutcome.WaitAsync(cancellationToken);
            if (failure is null)
                return new AutoDecision(forking, $"PHP {facts.Version} can fork here");
            if (plan.Fork.Preload is not null)
                return new AutoDecision(forking, "--fork-preload asks for it, though it does not work yet");

            await forking.DisposeAsync();
            return WithoutFork($"forking was tried and does not work ({failure})");
        }
        catch (OperationCanceledException)
        {
            await forking.DisposeAsync();
            throw;
        }
    }

    private AutoDecision WithoutFork(string why) =>
        plan.Pool.Size > 0 ? Started(pool.Create(plan, context), why) : Simplest($"{why}, and no --pool-size is given");

    private AutoDecision Simplest(string? why) => Started(process, why);

    private static AutoDecision Started(ILauncher launcher, string? why)
    {
        launcher.Start();
        return new AutoDecision(launcher, why);
    }
}
