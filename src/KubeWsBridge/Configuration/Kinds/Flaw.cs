namespace KubeWsBridge.Configuration.Kinds;

/// <summary>What is wrong with a value, and, where "give what the option expects" is not enough, what to do about it.</summary>
internal sealed record Flaw(string Message, string? Fix = null);
