namespace KubeWsBridge.Bridge.Framing;

/// <summary>What a worker sees on its connection.</summary>
public enum WorkerFraming
{
    /// <summary>The payload bytes alone, as the ancestor has it.</summary>
    Raw,

    /// <summary>Messages with their boundaries and types (docs/messages.md).</summary>
    Messages,
}
