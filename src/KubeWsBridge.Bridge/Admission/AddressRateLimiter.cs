using System.Net;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>
/// A token bucket per client address (IPv6: per /64): <paramref name="rate"/> handshakes per second with bursts of twice that, at least one.
/// </summary>
/// <remarks>
/// A bucket is kept as the time at which it will be full again (ATM Forum's GCRA), one number per address. Two generations of buckets make
/// forgetting cheap: after the time an empty bucket needs to fill, the older one holds only full buckets and is dropped whole. When more
/// than <paramref name="maxAddresses"/> addresses come in less time, the older generation goes early and its addresses start afresh:
/// memory is bounded, precision is not promised against that many addresses.
/// </remarks>
/// <param name="rate">Handshakes per second and address; 0 or less lets everybody in.</param>
/// <param name="time">The clock.</param>
/// <param name="maxAddresses">Most buckets at a time, 2 or more; 100,000 take about 6 MB.</param>
public sealed class AddressRateLimiter(double rate, TimeProvider time, int maxAddresses = 100_000)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();

    // In seconds: a token's worth of time, and how far ahead of now a bucket's full time may be for one more token to be there.
    private readonly double _interval = 1 / rate;
    private readonly double _tolerance = (Math.Max(1, 2 * rate) - 1) / rate;

    private Dictionary<AddressKey, double> _recent = [];
    private Dictionary<AddressKey, double> _older = [];
    private double _rotated;

    /// <summary>Buckets held now.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _recent.Count + _older.Count;
        }
    }

    /// <summary>Takes a token; returns null, or the refusal and the time until the next token is there.</summary>
    public Refusal? TryTake(IPAddress client, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (rate <= 0)
            return null;

        var key = AddressKey.Of(client);
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start).TotalSeconds;
            Forget(now);
            if (!_recent.TryGetValue(key, out var full) && !_older.TryGetValue(key, out full))
                full = now;

            var wait = full - now - _tolerance;
            // A millionth of a second of slack: doubles do not add up exactly, and a client that waited as told must get in.
            if (wait > 1e-6)
            {
                retryAfter = TimeSpan.FromSeconds(wait);
                return Refusals.AddressRate;
            }
            _older.Remove(key);
            _recent[key] = Math.Max(full, now) + _interval;
            return null;
        }
    }

    // A bucket in the older generation was last touched before the last rotation, so that it is full when another filling time has passed.
    private void Forget(double now)
    {
        if (now - _rotated < _tolerance + _interval && _recent.Count < maxAddresses / 2)
            return;
        (_older, _recent) = (_recent, []);
        _rotated = now;
    }
}
