namespace KubeWsBridge.Certificates.Storage;

/// <summary>The storage can't be read or written; the message says where, and what to do.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);
