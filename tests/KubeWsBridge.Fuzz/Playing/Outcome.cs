using KubeWsBridge.Fuzz.Bridges;

namespace KubeWsBridge.Fuzz.Playing;

/// <summary>What came of a scenario at one bridge.</summary>
/// <param name="Bridge">Its name.</param>
/// <param name="Seen">What the client saw.</param>
/// <param name="Worker">What the worker told; null when there was none.</param>
/// <param name="Hang">What did not come to its end in time; null when all did.</param>
internal sealed record Outcome(string Bridge, Sighting Seen, WitnessReport? Worker, string? Hang)
{
    /// <summary>For people.</summary>
    public override string ToString() =>
        $"{Bridge}: status {Seen.Status}, {Seen.Data.Length} bytes of data in {(Seen.Kinds.Count == 0 ? "no" : string.Join(" and ", Seen.Kinds))} frames, {Seen.Pongs.Count} pongs, "
        + $"{(Seen.Close is { } close ? $"close {close.CloseCode} \"{close.CloseReason}\"" : "no close frame")}, end {Seen.End ?? "none"}; "
        + (Worker is null ? "no worker" : $"worker was given {Worker.Input.Length} bytes, says \"{Worker.LastWords}\", session {Worker.SessionId}");
}
