using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Storage.Kubernetes;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Opens the storage that is configured; one that has connections is disposable.</summary>
internal static class StateStorage
{
    /// <summary>Does so; whether it can be reached is seen when it is used.</summary>
    public static ICertificateStorage Open(StorageSettings settings, TimeProvider timeProvider) => settings.Kubernetes is { } cluster
        ? new KubernetesStorage(cluster with { Time = timeProvider, UserAgent = $"KubeWsBridge/{ProgramVersion.Text}" })
        : new DirectoryStorage(settings.Directory!);
}
