namespace KubeWsBridge.Fuzz.Cli;

/// <summary>The command line asks for something that is not there; the message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
