using System.Diagnostics.CodeAnalysis;
using System.Net;
using KubeWsBridge.Bridge.Admission.Memory;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>Counts sessions and workers against their limits; what it lets in is in <see cref="Sessions"/> until its permit is given back.</summary>
/// <param name="options">The limits to begin with.</param>
/// <param name="descriptors">The limit of open files, which workers count against too; null for none.</param>
/// <param name="memory">The memory limit, which workers count against where a limit is <see cref="AdmissionOptions.Auto"/>; null for none.</param>
public sealed class AdmissionGate(AdmissionOptions options, DescriptorLedger? descriptors = null, MemoryLedger? memory = null)
{
    // All counts change together, or two requests could share the last place. The lock is held for a few dictionary operations.
    private readonly Lock _lock = new();
    private readonly Tally<AddressKey> _addresses = new();
    private readonly Tally<string> _routes = new(StringComparer.Ordinal);
    private volatile AdmissionOptions _options = options;
    private volatile bool _draining;
    private volatile int _sessions;
    private volatile int _workers;

    /// <summary>The limits; replacing them (a reload) applies to those who come later and ends nobody.</summary>
    public AdmissionOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>Whether everybody is turned away. While set, the session count only falls.</summary>
    public bool Draining
    {
        get => _draining;
        set
        {
            // Under the lock, so that nobody slips in after the setter has returned.
            lock (_lock)
                _draining = value;
        }
    }

    /// <summary>Sessions whose permit is still out.</summary>
    public int Sessions => _sessions;

    /// <summary>Worker places taken, also by workers that are still to start or still ending.</summary>
    public int Workers => _workers;

    /// <summary>What is known of open files; null for nothing.</summary>
    public DescriptorLedger? Descriptors => descriptors;

    /// <summary>What is known of memory; null for nothing.</summary>
    public MemoryLedger? Memory => memory;

    /// <summary>Most sessions at a time, by the narrowest of all limits as they are now.</summary>
    public int Capacity
    {
        get
        {
            var limits = _options;
            var most = Math.Min(Most(limits.MaxConnections), Most(limits.MaxProcesses));
            if (limits.HasAuto && memory is not null)
                most = Math.Min(most, memory.MostWorkers);
            return Math.Min(most, descriptors?.MostWorkers ?? most);
        }
    }

    /// <summary>How much of <see cref="Capacity"/> is used, from 0 to 1.</summary>
    public double Used => Capacity is > 0 and var capacity ? Math.Min((double)Math.Max(_sessions, _workers) / capacity, 1) : 1;

    /// <summary>Addresses (IPv6: /64 networks) with at least one session.</summary>
    internal int Addresses
    {
        get
        {
            lock (_lock)
                return _addresses.Keys;
        }
    }

    /// <summary>Takes a session's and a worker's place, or says why not.</summary>
    /// <param name="client">The client behind trusted proxies; IPv6 addresses count per /64.</param>
    /// <param name="route">The route's path as configured.</param>
    /// <param name="routeLimit">Most sessions of the route; 0 for no limit of its own.</param>
    /// <param name="permit">Both places, to be given back each on its own.</param>
    /// <param name="refusal">Why there is none.</param>
    public bool TryEnter(
        IPAddress client, string route, int routeLimit, [NotNullWhen(true)] out AdmissionPermit? permit, [NotNullWhen(false)] out Refusal? refusal)
    {
        var address = AddressKey.Of(client);
        lock (_lock)
        {
            permit = null;
            refusal = Check(address, route, routeLimit);
            if (refusal is not null)
                return false;

            _sessions++;
            _workers++;
            _addresses.Increment(address);
            _routes.Increment(route);
            permit = new(this, address, route, memory?.Enter() ?? 0);
            return true;
        }
    }

    internal void LeaveSession(AddressKey address, string route)
    {
        lock (_lock)
        {
            _sessions--;
            _addresses.Decrement(address);
            _routes.Decrement(route);
        }
    }

    internal void LeaveWorker(int memoryTurn)
    {
        lock (_lock)
            _workers--;
        memory?.Leave(memoryTurn);
        descriptors?.ReleaseProcess();
    }

    internal void LeaveBackConnection() => descriptors?.ReleaseBackConnection();

    // The 503s come before the 429: a load balancer tries another replica after the former, and that one may have room.
    private Refusal? Check(AddressKey address, string route, int routeLimit)
    {
        var limits = _options;
        if (_draining)
            return Refusals.Draining;
        if (_sessions >= Most(limits.MaxConnections) || (routeLimit > 0 && _routes[route] >= routeLimit))
            return Refusals.ConnectionLimit;
        if (_workers >= Most(limits.MaxProcesses))
            return Refusals.WorkerLimit;
        if (limits.HasAuto && memory?.HasRoom() == false)
            return Refusals.MemoryLimit;
        if (limits.MaxConnectionsPerAddress > 0 && _addresses[address] >= limits.MaxConnectionsPerAddress)
            return descriptors?.HasRoomForWorker == false ? Refusals.WorkerLimit : Refusals.AddressLimit;
        return descriptors?.TryTakeWorker() == false ? Refusals.WorkerLimit : null; // last, because it takes
    }

    private static int Most(int limit) => limit == AdmissionOptions.Auto ? int.MaxValue : limit;
}
