namespace KubeWsBridge.Hosting.Management;

/// <summary>What there is to know of the drain.</summary>
/// <param name="State"><c>serving</c>, <c>leaving</c> (not ready, still accepting), <c>closing</c> or <c>exiting</c>.</param>
/// <param name="SessionsLeft">Sessions there are.</param>
/// <param name="SessionsAtStart">Sessions there were when the drain began; null like all that follows when there is none.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="ClosesAt">When connections are refused, and sessions begin to be ended.</param>
/// <param name="Deadline">When what is left is ended at once.</param>
/// <param name="CanBeCancelled">Whether <c>DELETE /drain</c> would call it off.</param>
internal sealed record DrainAnswer(
    string State, int SessionsLeft, int? SessionsAtStart, DateTimeOffset? StartedAt, DateTimeOffset? ClosesAt, DateTimeOffset? Deadline, bool? CanBeCancelled);
