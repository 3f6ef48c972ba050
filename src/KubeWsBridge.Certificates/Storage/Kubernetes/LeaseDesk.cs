using System.Collections.Concurrent;
using KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Takes Leases that nobody holds, or whose holder has not renewed them for as long as they last.</summary>
/// <remarks>
/// How long that is, is measured here, from when the Lease was first seen as it is: the holder's clock may be any time off. Two who try at once both
/// replace the version they have read, and the API server refuses the second.
/// </remarks>
internal sealed class LeaseDesk(KubernetesApi api, ObjectNames names, KubernetesSetup setup)
{
    /// <summary>One attempt, one more when the answer to it got lost, and one when somebody has released it meanwhile.</summary>
    private const int MostAttempts = 3;

    private readonly LeaseTimes _times = new(setup.LeaseDuration);
    private readonly ConcurrentDictionary<string, LeaseSighting> _sightings = new(StringComparer.Ordinal);

    /// <summary>Takes it; null when another has it.</summary>
    public async Task<KubernetesLease?> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        // Another one each time, so that two in one process exclude each other too.
        var holder = $"{setup.Holder}_{Guid.NewGuid():N}";
        for (var left = MostAttempts; left > 0; left--)
        {
            var found = await FindAsync(name, cancellationToken);
            if (found is not null && !IsFree(found, holder, name))
                return null;
            var began = setup.Time.GetTimestamp();
            var answer = await api.SendAsync(Take(name, found, holder), cancellationToken);
            if (!answer.IsSuccess)
                continue; // somebody else did, or this one, and the answer got lost
            _sightings.TryRemove(name, out _);
            return new KubernetesLease(api, answer.Read(KubernetesJson.Default.LeaseResource), _times, setup.Time, began);
        }
        return null;
    }

    private async Task<LeaseResource?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(ApiRequest.Get(ApiKind.Leases, names.Of(name)), cancellationToken);
        if (answer.IsMissing)
            return null;
        var lease = answer.Read(KubernetesJson.Default.LeaseResource);
        ObjectNames.CheckOurs(name, "Lease", lease.Metadata);
        return lease;
    }

    private bool IsFree(LeaseResource lease, string holder, string name)
    {
        if (string.IsNullOrEmpty(lease.Spec?.HolderIdentity) || lease.Spec.HolderIdentity == holder)
            return true;
        var version = lease.Metadata.ResourceVersion;
        if (_sightings.GetValueOrDefault(name) is not { } sighting || sighting.Version != version)
        {
            _sightings[name] = new(version, setup.Time.GetTimestamp());
            return false;
        }
        var lasts = lease.Spec.LeaseDurationSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : _times.Duration;
        return setup.Time.GetElapsedTime(sighting.At) >= lasts;
    }

    private ApiRequest Take(string name, LeaseResource? before, string holder)
    {
        var now = LeaseClock.Text(setup.Time);
        var after = (before ?? new LeaseResource { Metadata = new() }) with
        {
            Metadata = names.Mark(name, before?.Metadata),
            Spec = (before?.Spec ?? new LeaseSpec()) with
            {
                HolderIdentity = holder,
                LeaseDurationSeconds = _times.DurationSeconds,
                AcquireTime = now,
                RenewTime = now,
                LeaseTransitions = before is null ? 0 : (before.Spec?.LeaseTransitions ?? 0) + 1,
            },
        };
        var type = KubernetesJson.Default.LeaseResource;
        return before is null ? ApiRequest.Create(ApiKind.Leases, after, type) : ApiRequest.Replace(ApiKind.Leases, names.Of(name), after, type);
    }
}
