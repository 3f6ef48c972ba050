using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class PulseTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private readonly FakeTimeProvider _time = new();
    private readonly Pulse _pulse;

    public PulseTests() => _pulse = new Pulse(Interval, _time) { ReaderWaits = true };

    [Fact]
    public void HasStopped_SilentForTwoIntervals_IsTrue()
    {
        _time.Advance(2 * Interval - Moment);
        Assert.False(_pulse.HasStopped);

        _time.Advance(Moment);

        Assert.True(_pulse.HasStopped);
    }

    [Fact]
    public void HasStopped_AfterABeat_StartsAnew()
    {
        _time.Advance(2 * Interval - Moment);
        _pulse.Beat();
        _time.Advance(2 * Interval - Moment);
        Assert.False(_pulse.HasStopped);

        _time.Advance(Moment);

        Assert.True(_pulse.HasStopped);
    }

    [Fact]
    public void HasStopped_NobodyReads_SilenceSaysNothing()
    {
        _pulse.ReaderWaits = false;
        _time.Advance(10 * Interval);

        Assert.False(_pulse.HasStopped);
    }

    [Fact]
    public void HasStopped_NobodyReadsAndAWriteWaits_CountsFromTheWrite()
    {
        _pulse.ReaderWaits = false;
        _time.Advance(10 * Interval);
        _pulse.WriteWaits();
        _time.Advance(2 * Interval - Moment);
        Assert.False(_pulse.HasStopped);

        _time.Advance(Moment);
        Assert.True(_pulse.HasStopped);

        _pulse.WriteEnded();
        Assert.False(_pulse.HasStopped);
    }

    [Fact]
    public void HasStopped_ClientTalksButTakesNothing_IsFalse()
    {
        _pulse.WriteWaits();
        _time.Advance(3 * Interval);
        _pulse.Beat();

        Assert.False(_pulse.HasStopped);
    }

    [Fact]
    public void IsPingDue_SilentForAnInterval_OnceAnInterval()
    {
        _time.Advance(Interval - Moment);
        Assert.False(_pulse.IsPingDue);
        _time.Advance(Moment);
        Assert.True(_pulse.IsPingDue);

        _pulse.Pinged();
        Assert.False(_pulse.IsPingDue);
        _time.Advance(Interval);
        Assert.True(_pulse.IsPingDue);
    }

    [Fact]
    public void IsPingDue_ClientHasBeenHeard_IsFalse()
    {
        _time.Advance(Interval);
        _pulse.Beat();

        Assert.False(_pulse.IsPingDue);
    }

    [Fact]
    public void IsPingDue_NobodyReads_IsTrueAllTheSame()
    {
        _pulse.ReaderWaits = false;
        _time.Advance(Interval);

        Assert.True(_pulse.IsPingDue);
    }

    [Fact]
    public void Interval_Zero_SwitchesBothOff()
    {
        var pulse = new Pulse(TimeSpan.Zero, _time) { ReaderWaits = true };
        pulse.WriteWaits();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(pulse.HasStopped);
        Assert.False(pulse.IsPingDue);
    }
}
