using KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>A Lease that is held: renewed until it is released, or until it can't be any more.</summary>
internal sealed class KubernetesLease : IStorageLock
{
    /// <summary>Whoever gives a lock back has been told to end, perhaps; a Lease that is not given back ends by itself.</summary>
    private static readonly TimeSpan ReleaseDeadline = TimeSpan.FromSeconds(3);

    private readonly KubernetesApi _api;
    private readonly LeaseTimes _times;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewing;
    private LeaseResource _lease;
    private long _renewedAt;

    /// <summary>Begins to renew it.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="lease">The Lease, as it was taken.</param>
    /// <param name="times">How often it is renewed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="takenAt">When it was asked for, which is earlier than anybody can have seen it.</param>
    public KubernetesLease(KubernetesApi api, LeaseResource lease, LeaseTimes times, TimeProvider time, long takenAt)
    {
        (_api, _lease, _times, _time, _renewedAt) = (api, lease, times, time, takenAt);
        Lost = _lost.Token;
        _renewing = RenewAsync();
    }

    /// <inheritdoc/>
    public CancellationToken Lost { get; }

    private TimeSpan Left => _times.RenewDeadline - _time.GetElapsedTime(_renewedAt);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested)
            return;
        await _ending.CancelAsync();
        await _renewing;
        if (!Lost.IsCancellationRequested)
            await ReleaseAsync();
        _ending.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        var wait = _times.RenewEvery;
        while (true)
        {
            await Task.Delay(wait, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested)
                return;
            // A process that was stopped, as when its node sleeps, may find that its time is over.
            var left = Left;
            var isRenewed = left > TimeSpan.Zero ? await TryRenewAsync(left) : false;
            if (_ending.IsCancellationRequested)
                return;
            // After a failure it is tried again soon, and at the deadline it is over, not later.
            left = Left;
            if (isRenewed is null || left <= TimeSpan.Zero)
            {
                await _lost.CancelAsync();
                return;
            }
            wait = isRenewed.Value ? _times.RenewEvery : TimeSpan.FromTicks(Math.Min(_times.RetryEvery.Ticks, left.Ticks));
        }
    }

    // True: renewed; false: not this time; null: it is another's.
    private async Task<bool?> TryRenewAsync(TimeSpan left)
    {
        using var deadline = new CancellationTokenSource(left, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _ending.Token);
        try
        {
            var began = _time.GetTimestamp();
            if (!await TryReplaceAsync(spec => spec with { RenewTime = LeaseClock.Text(_time) }, either.Token))
                return null;
            _renewedAt = began;
            return true;
        }
        catch (Exception failed) when (failed is StorageException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        using var deadline = new CancellationTokenSource(ReleaseDeadline, _time);
        try
        {
            await TryReplaceAsync(spec => spec with { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = LeaseClock.Text(_time) }, deadline.Token);
        }
        catch (Exception failed) when (failed is StorageException or OperationCanceledException)
        {
            // It ends by itself.
        }
    }

    // False when it is not ours any more.
    private async Task<bool> TryReplaceAsync(Func<LeaseSpec, LeaseSpec> change, CancellationToken cancellationToken)
    {
        var (holder, name, type) = (_lease.Spec!.HolderIdentity, _lease.Metadata.Name!, KubernetesJson.Default.LeaseResource);
        while (true)
        {
            var answer = await _api.TryAsync(ApiRequest.Replace(ApiKind.Leases, name, _lease with { Spec = change(_lease.Spec!) }, type), cancellationToken);
            if (answer.IsSuccess)
            {
                _lease = answer.Read(type);
                return true;
            }
            // An earlier attempt was done, and its answer got lost; or somebody has put a label on it; or it is gone.
            var now = answer.IsMissing ? answer : await _api.TryAsync(ApiRequest.Get(ApiKind.Leases, name), cancellationToken);
            if (now.IsMissing || now.Read(type) is not { } found || found.Spec?.HolderIdentity != holder)
                return false;
            _lease = found;
        }
    }
}
