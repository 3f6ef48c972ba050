namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>What a memory limit allows and how much of it is used, in bytes.</summary>
/// <param name="Limit">The limit: the container's, or the machine's where there is none.</param>
/// <param name="Used">What counts against it and can't be given up at once.</param>
/// <param name="Own">This process's own share of what is used.</param>
/// <param name="Near">
/// What the innermost control group uses, in which there are this process and its workers and the fewest others; the same as <paramref name="Used"/>
/// unless a group further out, or the machine, has less room.
/// </param>
public readonly record struct MemoryReading(long Limit, long Used, long Own, long Near);
