namespace KubeWsBridge.Benchmarks.Cli;

/// <summary>A command line that can't be followed; the message says why and what to do.</summary>
public sealed class UsageException(string message) : Exception(message);
