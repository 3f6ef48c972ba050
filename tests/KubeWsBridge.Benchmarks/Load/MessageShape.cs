namespace KubeWsBridge.Benchmarks.Load;

/// <summary>What is sent and what comes back for it.</summary>
/// <param name="RequestSize">Payload bytes of a message.</param>
/// <param name="ResponseSize">Payload bytes that answer it.</param>
internal readonly record struct MessageShape(int RequestSize, int ResponseSize)
{
    /// <summary>Answers equal requests, which the generator then checks.</summary>
    public bool IsEcho => RequestSize == ResponseSize;
}
