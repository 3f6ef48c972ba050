using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Transport;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Counts the descriptors that clients and workers really hold, so that the limit of open files is never reached.</summary>
/// <remarks>
/// <para>
/// A process without free descriptors accepts nothing (and Kestrel tries again without a pause), starts no worker, and can't even load the rest of
/// its own code. So whoever comes too late is turned away while turning away still works.
/// </para>
/// <para>
/// A session has two descriptors, its client's connection and its worker's; a worker's process has three more (two pipes, a pidfd), which come
/// back when it is gone. Connections that are no session (yet) have places of their own: a burst of them can't keep workers from starting, and
/// sessions can't take the places that refusals need.
/// </para>
/// </remarks>
public sealed class DescriptorLedger : IConnectionPlaces
{
    // An idle bridge has about 145 open files, most of them its own assemblies. The rest is for what a spawn opens for the fraction of a
    // millisecond it takes: three descriptors each.
    private const int Own = 192;
    private const int PerSession = 2;
    private const int PerProcess = 3;
    private const int FewArrivals = 16;

    private readonly Lock _lock = new();
    private readonly ILogger _logger;
    private readonly long _places;
    private readonly long _arrivals;
    private long _connections;
    private long _sessions;
    private long _processes;
    private long _held;
    private bool _told;
    private TaskCompletionSource? _room;

    /// <param name="limit">RLIMIT_NOFILE.</param>
    /// <param name="logger">Hears, once, that workers were refused for want of descriptors.</param>
    public DescriptorLedger(long limit, ILogger logger)
    {
        (Limit, _logger) = (limit, logger);
        _places = Math.Max(limit - Own, PerSession + PerProcess + 1);
        _arrivals = Math.Min(Math.Max(_places / 16, FewArrivals), _places - PerSession - PerProcess);
    }

    /// <summary>RLIMIT_NOFILE of this process, which .NET raises to the hard limit; null where there is no such limit.</summary>
    public static long? CurrentLimit => OperatingSystem.IsLinux() ? SystemLimits.OpenFileLimit : null;

    /// <summary>The limit of open files.</summary>
    public long Limit { get; }

    /// <summary>Most workers with a living process at a time; of sessions whose worker's process is gone there can be more.</summary>
    public int MostWorkers => (int)Math.Clamp((_places - _arrivals - _held) / (PerSession + PerProcess), 0, int.MaxValue);

    /// <summary>Whether <see cref="TryTakeWorker"/> would succeed now.</summary>
    public bool HasRoomForWorker
    {
        get
        {
            lock (_lock)
                return MayLaunch;
        }
    }

    /// <summary>Descriptors taken now, the program's own not counted.</summary>
    public long Held
    {
        get
        {
            lock (_lock)
                return HeldNow;
        }
    }

    private long HeldNow => _connections + _sessions + PerProcess * _processes + _held;

    private bool MayAccept => _connections - _sessions < _arrivals && HeldNow < _places;

    private bool MayLaunch =>
        PerSession * (_sessions + 1) + PerProcess * (_processes + 1) + _held <= _places - _arrivals && HeldNow + 1 + PerProcess <= _places;

    /// <inheritdoc/>
    public async ValueTask WaitForConnectionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (MayAccept)
                {
                    _connections++;
                    return;
                }

                _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void ReleaseConnection() => Change(connections: -1);

    /// <summary>Takes what a worker needs: its process's descriptors and its back-connection's. False when there is no room.</summary>
    public bool TryTakeWorker()
    {
        lock (_lock)
        {
            if (MayLaunch)
            {
                _sessions++;
                _processes++;
                Announce();
                return true;
            }

            if (_told)
                return false;
            _told = true;
        }

        AdmissionLog.OutOfDescriptors(_logger, Limit, MostWorkers);
        return false;
    }

    /// <summary>Counts descriptors that are held whether there are sessions or not (workers that wait, for example); negative gives them back.</summary>
    public void Hold(int count) => Change(held: count);

    /// <summary>Gives the descriptors of a worker's process back: it is gone and its pipes are closed.</summary>
    public void ReleaseProcess() => Change(processes: -1);

    /// <summary>Gives the place of a worker's back-connection back.</summary>
    public void ReleaseBackConnection() => Change(sessions: -1);

    private void Change(int connections = 0, int sessions = 0, int processes = 0, int held = 0)
    {
        lock (_lock)
        {
            _connections += connections;
            _sessions += sessions;
            _processes += processes;
            _held += held;
            Announce();
        }
    }

    private void Announce()
    {
        if (_room is null || !MayAccept)
            return;
        _room.TrySetResult();
        _room = null;
    }
}
