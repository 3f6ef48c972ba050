namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>What makes two fork servers the same: routes that differ only in their script, or in how many spare workers they want, share one.</summary>
internal sealed record ForkPlan(string Executable, string Arguments, string? WorkingDirectory, string? Preload, int MaxChildren, string? Directory)
{
    private const char Separator = '\0';

    /// <summary>The plan for a route's workers.</summary>
    public static ForkPlan Of(LaunchPlan plan) => plan.Fork.ServerDirectory is { } directory
        ? new ForkPlan("", "", null, null, 0, directory)
        : new ForkPlan(
            plan.Executable, string.Join(Separator, [.. plan.Arguments, .. plan.Fork.PhpArguments]), plan.WorkingDirectory, plan.Fork.Preload,
            plan.Fork.MaxChildren, null);

    /// <summary>PHP's arguments before the server's own.</summary>
    public IEnumerable<string> PhpArguments => Arguments.Length == 0 ? [] : Arguments.Split(Separator);
}
