using System.Net;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Admission;

public sealed class AddressRateLimiterTests
{
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.1");
    private readonly FakeTimeProvider _time = new();

    private static int Burst(AddressRateLimiter limiter, IPAddress client)
    {
        var taken = 0;
        while (taken < 1000 && limiter.TryTake(client, out _) is null)
            taken++;
        return taken;
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.7, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 10)]
    [InlineData(100, 200)]
    [InlineData(0, 1000)]
    public void TryTake_AtOnce_BurstOfTwoSeconds(double rate, int burst) =>
        Assert.Equal(burst, Burst(new(rate, _time), Client));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(7.3)]
    public void TryTake_Refused_WaitIsExact(double rate)
    {
        var limiter = new AddressRateLimiter(rate, _time);
        Burst(limiter, Client);
        for (var i = 0; i < 50; i++)
        {
            Assert.Same(Refusals.AddressRate, limiter.TryTake(Client, out var wait));
            Assert.InRange(wait.TotalSeconds, 0, 1.000001 / rate);
            _time.Advance(wait);
            Assert.Null(limiter.TryTake(Client, out var none));
            Assert.Equal(TimeSpan.Zero, none);
        }
    }

    [Fact]
    public void TryTake_Steady_RateAndNoMore()
    {
        var limiter = new AddressRateLimiter(5, _time);
        Burst(limiter, Client);
        var taken = 0;
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            taken += limiter.TryTake(Client, out _) is null ? 1 : 0;
        }
        Assert.Equal(50, taken);
    }

    [Fact]
    public void TryTake_AfterLongPause_BurstAgainAndNotMore()
    {
        var limiter = new AddressRateLimiter(5, _time);
        Burst(limiter, Client);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Burst(limiter, Client));
    }

    [Fact]
    public void TryTake_OtherAddress_OwnBucket()
    {
        var limiter = new AddressRateLimiter(1, _time);
        Burst(limiter, Client);
        Assert.Equal(2, Burst(limiter, IPAddress.Parse("192.0.2.2")));
        Assert.Equal(0, Burst(limiter, IPAddress.Parse("::ffff:192.0.2.1")));
    }

    [Fact]
    public void TryTake_IPv6_BucketPerNetwork()
    {
        var limiter = new AddressRateLimiter(1, _time);
        Assert.Equal(2, Burst(limiter, IPAddress.Parse("2001:db8::1")));
        Assert.Equal(0, Burst(limiter, IPAddress.Parse("2001:db8::ffff:2")));
        Assert.Equal(2, Burst(limiter, IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void Count_BucketsFullAgain_Forgotten()
    {
        var limiter = new AddressRateLimiter(1, _time);
        for (var i = 0; i < 1000; i++)
            limiter.TryTake(new IPAddress(i), out _);
        Assert.Equal(1000, limiter.Count);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            limiter.TryTake(Client, out _);
        }
        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public void Count_AnyNumberOfAddresses_Capped()
    {
        var limiter = new AddressRateLimiter(1, _time, maxAddresses: 100);
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Null(limiter.TryTake(new IPAddress(i), out _));
            Assert.InRange(limiter.Count, 1, 100);
        }
        // The latest are still remembered.
        Burst(limiter, Client);
        for (var i = 0; i < 49; i++)
            limiter.TryTake(new IPAddress(i), out _);
        Assert.NotNull(limiter.TryTake(Client, out _));
    }

    [Fact]
    public void TryTake_RandomTimes_AgreesWithPlainTokenBucket()
    {
        var random = new Random(7);
        var limiter = new AddressRateLimiter(4, _time);
        double[] tokens = [8, 8, 8];
        for (var i = 0; i < 20_000; i++)
        {
            // Quarters of a token, so that the model has no rounding of its own.
            var step = random.Next(4);
            _time.Advance(TimeSpan.FromSeconds(step / 16.0));
            for (var t = 0; t < tokens.Length; t++)
                tokens[t] = Math.Min(8, tokens[t] + step / 4.0);
            var client = random.Next(tokens.Length);
            var expected = tokens[client] >= 1;
            Assert.Equal(expected, limiter.TryTake(new IPAddress(client), out _) is null);
            if (expected)
                tokens[client]--;
        }
    }
}
