using KubeWsBridge.Hosting.Draining;

namespace KubeWsBridge.Tests.Hosting.Draining;

public class DrainPlanTests
{
    [Fact]
    public void Of_NoGracePeriod_IsAsConfigured()
    {
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 60, grace: 0));

        Assert.Equal((15, 30, 60, 1, false), Seconds(plan));
    }

    [Fact]
    public void Of_GracePeriodThatFits_IsAsConfigured()
    {
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 37, grace: 62));

        Assert.Equal((15, 30, 37, 1, false), Seconds(plan));
    }

    [Fact]
    public void Of_GracePeriodTooShort_ShortensDelayAndPeriodAlike()
    {
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 60, grace: 38));

        // 38 s less 9.5 s for the end and 7 s for workers leaves 21.5 s of 45 s; what the period no longer spreads, the clients' waits do.
        Assert.True(plan.IsShortened);
        Assert.Equal(21.5, (plan.Delay + plan.Sessions.Period).TotalSeconds, 3);
        Assert.Equal(plan.Sessions.Period.TotalSeconds, plan.Delay.TotalSeconds * 2, 3);
        Assert.Equal(31 - plan.Sessions.Period.TotalSeconds, plan.Sessions.RetrySpread.TotalSeconds, 3);
        Assert.Equal(28.5, plan.Longest.TotalSeconds, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public void Of_GracePeriodVeryShort_EveryStepStillGetsItsPart(int grace)
    {
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 60, grace));

        Assert.True(plan.Delay > TimeSpan.Zero && plan.Sessions.Period > TimeSpan.Zero);
        Assert.True(plan.Sessions.Timeout > plan.Sessions.Period);
        Assert.True(plan.Longest.TotalSeconds <= 0.75 * grace);
    }

    [Fact]
    public void Of_PeriodLongerThanTheTimeout_IsCutToIt()
    {
        var plan = DrainPlan.Of(Options(delay: 0, period: 3600, timeout: 30, grace: 0));

        Assert.Equal((0, 30, 30, 1, false), Seconds(plan));
    }

    private static DrainOptions Options(double delay, double period, double timeout, double grace) => new()
    {
        Delay = TimeSpan.FromSeconds(delay),
        Period = TimeSpan.FromSeconds(period),
        Timeout = TimeSpan.FromSeconds(timeout),
        GracePeriod = TimeSpan.FromSeconds(grace),
    };

    private static (double Delay, double Period, double Timeout, double RetrySpread, bool IsShortened) Seconds(DrainPlan plan) => (
        plan.Delay.TotalSeconds, plan.Sessions.Period.TotalSeconds, plan.Sessions.Timeout.TotalSeconds, plan.Sessions.RetrySpread.TotalSeconds, plan.IsShortened);
}
