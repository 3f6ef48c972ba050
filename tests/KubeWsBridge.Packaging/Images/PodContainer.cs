namespace KubeWsBridge.Packaging.Images;

/// <summary>A container of a pod.</summary>
/// <param name="Image">Its image.</param>
/// <param name="Command">What replaces the image's entrypoint, if anything.</param>
/// <param name="Arguments">What replaces the image's command, if anything.</param>
public sealed record PodContainer(string Image, IReadOnlyList<string> Command, IReadOnlyList<string> Arguments)
{
    /// <summary>Volumes of the pod that it has, by name, and where.</summary>
    public IReadOnlyList<(string Volume, string Path)> Mounts { get; init; } = [("tmp", "/tmp")];

    /// <summary>Bytes of memory that it and all its processes may have; 0 is all there is.</summary>
    public long Memory { get; init; }
}
