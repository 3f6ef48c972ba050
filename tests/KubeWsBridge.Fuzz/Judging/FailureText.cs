using KubeWsBridge.Fuzz.Bridges;
using KubeWsBridge.Fuzz.Cli;
using KubeWsBridge.Fuzz.Playing;
using KubeWsBridge.Fuzz.Scenarios;

namespace KubeWsBridge.Fuzz.Judging;

/// <summary>Tells everything of a case, so that it can be understood and played again.</summary>
internal static class FailureText
{
    /// <summary>Many lines.</summary>
    public static string Of(FuzzOptions options, Scenario scenario, IEnumerable<string> faults, IReadOnlyList<Outcome> outcomes, IReadOnlyList<BridgeLog> logs) =>
        string.Join(
            "\n  ",
            [
                $"seed {scenario.Seed} case {scenario.Number}",
                .. faults.Select(fault => $"wrong: {fault}"),
                .. scenario.Lines(),
                .. outcomes,
                .. outcomes.Zip(logs).SelectMany(pair => pair.First.Worker is { } worker ? pair.Second.Last(worker.SessionId) : []),
                $"again: dotnet run -c Release --project tests/KubeWsBridge.Fuzz -- --seed {scenario.Seed} --case {scenario.Number} "
                    + $"--a \"{string.Join(' ', options.A)}\" --b \"{string.Join(' ', options.B)}\"{string.Concat(options.BridgeArguments.Select(argument => $" --bridge-arg {argument}"))}",
            ]);
}
