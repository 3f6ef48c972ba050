namespace KubeWsBridge.Certificates.Storage;

/// <summary>What is stored could be read, and is not what it should be: reading it again would not help.</summary>
public sealed class DamagedStateException(string message, Exception? inner = null) : StorageException(message, inner);
