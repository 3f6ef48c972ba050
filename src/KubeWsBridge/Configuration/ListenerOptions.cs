namespace KubeWsBridge.Configuration;

/// <summary>One address clients connect to.</summary>
/// <param name="Host">An IP address without brackets, or <c>localhost</c>.</param>
/// <param name="Port">0 to 65535; 0 takes a free one.</param>
/// <param name="Kind">What it does.</param>
internal sealed record ListenerOptions(string Host, int Port, ListenerKind Kind = ListenerKind.Plain);
