using KubeWsBridge.Bridge.Launching.FastCgi;
using KubeWsBridge.Bridge.Tests.Admission;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiOutageTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TextLogger _log = new();
    private readonly FastCgiOutage _outage;

    public FastCgiOutageTests()
    {
        Assert.True(FastCgiAddress.TryParse("127.0.0.1:9000", out var address));
        _outage = new FastCgiOutage(address, _log, _time);
    }

    [Fact]
    public void Outage_OfSeconds_IsLoggedButNoReasonToTakeThePodOut()
    {
        _outage.Seen("Connection refused");
        _time.Advance(TimeSpan.FromSeconds(9));
        _outage.Seen("Connection refused");

        Assert.True(_outage.IsOngoing);
        Assert.False(_outage.Health.IsDegraded);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Outage_ThatLasts_IsDegradedUntilItEnds()
    {
        _outage.Seen("Connection refused");
        _time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(
            "The PHP-FPM pool at 127.0.0.1:9000 has not answered for 12 s (Connection refused): start PHP-FPM, or correct --fastcgi-address.",
            _outage.Health.Problem);

        _outage.Ended();
        _outage.Ended();
        Assert.False(_outage.Health.IsDegraded);
        Assert.False(_outage.IsOngoing);
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("answers again after 12.0 s", _log.Lines[1], StringComparison.Ordinal);
    }
}
