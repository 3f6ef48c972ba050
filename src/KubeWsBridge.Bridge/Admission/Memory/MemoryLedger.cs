using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>Knows how many more workers the memory limit has room for.</summary>
/// <remarks>
/// <para>
/// What a worker takes is measured: what is used beyond this process and beyond what was used without any worker, divided by the workers. A worker
/// grows after its start, and memory is read only now and then, so that those who came lately count twice: with what they have taken already, and
/// with what one takes when it has settled. For the same reason the measured size falls only by those that have settled, and rises by all.
/// And a worker that ends gives its memory back before it is counted out: the size does not fall while many leave, nor by one measurement alone.
/// The size is learned from the innermost control group, where neighbours are few; the room is that of whichever group, or machine, has the least.
/// </para>
/// <para>A storm of connections therefore comes in by steps, each measured before the next.</para>
/// </remarks>
public sealed class MemoryLedger
{
    // How often memory is measured until a worker counts as settled.
    private const int Settling = 4;
    private const long LeastWorker = 128 << 10;

    // So many settled workers for each that left lately are enough to judge by.
    private const int Few = 10;

    private readonly Lock _lock = new();
    private readonly IMemoryMeter _meter;
    private readonly MemoryOptions _options;
    private readonly ILogger _logger;
    private readonly int[] _young = new int[Settling];
    private readonly int[] _left = new int[Settling];
    private MemoryReading _reading;
    private long _withoutWorkers;
    private long _perWorker;
    private long _lastSize = long.MaxValue;
    private int _turn;
    private int _workers;
    private bool _told;

    /// <summary>Measures for the first time.</summary>
    /// <param name="meter">Reads limit and use.</param>
    /// <param name="options">What is kept free, and what a worker takes until that is measured.</param>
    /// <param name="logger">Hears, once, that workers were refused for want of memory.</param>
    public MemoryLedger(IMemoryMeter meter, MemoryOptions options, ILogger logger)
    {
        (_meter, _options, _logger, _perWorker) = (meter, options, logger, options.WorkerMemory);
        Measure();
    }

    /// <summary>The latest measurement.</summary>
    public MemoryReading Reading
    {
        get
        {
            lock (_lock)
                return _reading;
        }
    }

    /// <summary>What a worker takes, in bytes, as far as is known.</summary>
    public long PerWorker
    {
        get
        {
            lock (_lock)
                return _perWorker;
        }
    }

    /// <summary>Most workers at a time: those there are, and those there is room for.</summary>
    public int MostWorkers
    {
        get
        {
            lock (_lock)
                return (int)Math.Min(_workers + Math.Max(Room / _perWorker, 0), int.MaxValue);
        }
    }

    private int Young => _young.Sum();

    private int LeftLately => _left.Sum();

    private long Room => _reading.Limit - _reading.Limit / 100 * _options.ReservePercent - _reading.Used - Young * _perWorker;

    /// <summary>Whether there is room for another worker; says so once when there is none.</summary>
    public bool HasRoom()
    {
        MemoryReading reading;
        long perWorker;
        lock (_lock)
        {
            if (Room >= _perWorker)
                return true;
            if (_told)
                return false;
            (_told, reading, perWorker) = (true, _reading, _perWorker);
        }

        AdmissionLog.OutOfMemory(_logger, reading.Used >> 20, reading.Limit >> 20, _options.ReservePercent, perWorker >> 10);
        return false;
    }

    /// <summary>Counts a worker in.</summary>
    /// <returns>When it came, to be given back to <see cref="Leave"/>.</returns>
    public int Enter()
    {
        lock (_lock)
        {
            _workers++;
            _young[_turn % Settling]++;
            return _turn;
        }
    }

    /// <summary>Counts a worker out.</summary>
    public void Leave(int turn)
    {
        lock (_lock)
        {
            _workers--;
            _left[_turn % Settling]++;
            if (_turn - turn < Settling)
                _young[turn % Settling]--;
        }
    }

    /// <summary>Reads limit and use again.</summary>
    public void Measure()
    {
        var reading = _meter.Read();
        lock (_lock)
        {
            _reading = reading;
            _turn++;
            _young[_turn % Settling] = 0;
            _left[_turn % Settling] = 0;
            Learn(reading.Near - reading.Own);
        }
    }

    private void Learn(long others)
    {
        if (_workers == 0)
            _withoutWorkers = LeftLately == 0 ? others : Math.Min(_withoutWorkers, others);
        var taken = Math.Max(others - _withoutWorkers, 0);
        if (_workers > 0)
            _perWorker = Math.Max(_perWorker, taken / _workers);

        var settled = _workers - Young;
        var size = settled > 0 && LeftLately <= settled / Few ? taken / settled : long.MaxValue;
        _perWorker = Math.Max(Math.Min(_perWorker, Math.Max(size, _lastSize)), LeastWorker);
        _lastSize = size;
        if (_workers == 0 && LeftLately == 0 && Room < _perWorker)
            _perWorker = Math.Min(_perWorker, _options.WorkerMemory); // or one that was fat would keep all others out for good
    }
}
