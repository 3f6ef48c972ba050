namespace KubeWsBridge.Benchmarks.Load;

/// <summary>The program under test has no such option (yet); the message is what it said.</summary>
public sealed class NotOfferedException(string message) : Exception(message);
