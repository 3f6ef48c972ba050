namespace KubeWsBridge.Certificates.Dns;

/// <summary>Something about DNS did not work; the message says what, where, and what to change. It never contains a secret.</summary>
public class DnsException(string message, Exception? inner = null) : Exception(message, inner);
