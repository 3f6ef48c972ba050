using System.Text;
using KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Keeps bundles in Secrets, one each with the bundle's files as its keys, and locks in Leases; nothing is on a disk.</summary>
/// <remarks>The API server replaces objects whole, and answers when its store has written them down: that is all a bundle asks for.</remarks>
public sealed class KubernetesStorage : ICertificateStorage, IDisposable
{
    /// <summary>The limit of a Secret (core/v1), keys not counted.</summary>
    private const int Largest = 1 << 20;

    /// <summary>Whoever changes a bundle has its lock, so that others are met only when they have lost it.</summary>
    private const int MostWrites = 5;

    private readonly KubernetesApi _api;
    private readonly ObjectNames _names;
    private readonly LeaseDesk _leases;

    /// <summary>Sends nothing yet.</summary>
    public KubernetesStorage(KubernetesSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _api = new(setup);
        _names = new(setup.Prefix);
        _leases = new(_api, _names, setup);
    }

    /// <inheritdoc/>
    public string Name => "kubernetes";

    /// <inheritdoc/>
    public async Task<StoredBundle?> ReadAsync(string bundle, CancellationToken cancellationToken)
    {
        if (await FindAsync(bundle, cancellationToken) is not { } secret)
            return null;
        var files = (secret.Data ?? []).ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value ?? []));
        return new StoredBundle(secret.Metadata.ResourceVersion ?? "", files);
    }

    /// <inheritdoc/>
    public async Task<string?> ReadVersionAsync(string bundle, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(ApiRequest.Get(ApiKind.Secrets, _names.Of(bundle)) with { IsForMetadata = true }, cancellationToken);
        if (answer.IsMissing)
            return null;
        var metadata = answer.Read(KubernetesJson.Default.PartialObject).Metadata;
        ObjectNames.CheckOurs(bundle, "Secret", metadata);
        return metadata.ResourceVersion;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string bundle, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        var data = files.ToDictionary(file => file.Key, file => (byte[]?)Encoding.UTF8.GetBytes(file.Value));
        if (data.Values.Sum(value => value!.LongLength) is > Largest and var size)
            throw new StorageException($"{bundle} has {size} bytes, and a Secret can have {Largest}. --tls-storage directory has no such limit.");

        for (var left = MostWrites; left > 0; left--)
        {
            // What others have added, such as annotations of a tool that copies Secrets, stays.
            var before = await FindAsync(bundle, cancellationToken);
            var after = (before ?? new SecretResource { Metadata = new(), Type = "Opaque" }) with { Metadata = _names.Mark(bundle, before?.Metadata), Data = data };
            var type = KubernetesJson.Default.SecretResource;
            var request = before is null ? ApiRequest.Create(ApiKind.Secrets, after, type) : ApiRequest.Replace(ApiKind.Secrets, _names.Of(bundle), after, type);
            if ((await _api.SendAsync(request, cancellationToken)).IsSuccess)
                return;
        }
        throw new StorageException($"The Secret {_names.Of(bundle)} is changed by others again and again, and was not written.");
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string bundle, CancellationToken cancellationToken) =>
        _api.SendAsync(new ApiRequest(HttpMethod.Delete, ApiKind.Secrets, _names.Of(bundle)), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(string parent, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, ApiKind.Secrets) { Selector = _names.SelectorOf(parent), IsForMetadata = true };
        var secrets = (await _api.SendAsync(request, cancellationToken)).Read(KubernetesJson.Default.PartialObjectList).Items ?? [];
        return [.. secrets.Select(secret => secret.Metadata.Annotations?.GetValueOrDefault(ObjectNames.Annotation)).OfType<string>()
            .Where(name => name.LastIndexOf('/') == parent.Length && name.StartsWith(parent, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IStorageLock?> TryLockAsync(string name, CancellationToken cancellationToken) => await _leases.TryTakeAsync(name, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private async Task<SecretResource?> FindAsync(string bundle, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(ApiRequest.Get(ApiKind.Secrets, _names.Of(bundle)), cancellationToken);
        if (answer.IsMissing)
            return null;
        var secret = answer.Read(KubernetesJson.Default.SecretResource);
        ObjectNames.CheckOurs(bundle, "Secret", secret.Metadata);
        return secret;
    }
}
