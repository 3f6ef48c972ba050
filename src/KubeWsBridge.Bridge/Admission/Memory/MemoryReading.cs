namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>What a memory limit allows and how much of it is used, in bytes.</summary>
/// <param name="Limit">The limit: the container's, or the machine's where there is none.</param>
/// <param name="Used">What counts against it and can't be given up at once.</param>
/// <param name="Own">This process's own share of what is used.</param>
public readonly record struct MemoryReading(long Limit, long Used, long Own);
