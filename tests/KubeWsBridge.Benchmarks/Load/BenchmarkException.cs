namespace KubeWsBridge.Benchmarks.Load;

/// <summary>A measurement that could not be made; the message is what the report shows.</summary>
public sealed class BenchmarkException(string message) : Exception(message);
