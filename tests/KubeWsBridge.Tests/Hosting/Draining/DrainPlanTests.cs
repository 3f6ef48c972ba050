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
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 38, grace: 63));

        Assert.Equal((15, 30, 38, 1, false), Seconds(plan));
    }

    [Fact]
    public void Of_TimesAsTheChartMakesThem_KeepAMomentForTheLastKill()
    {
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 37, grace: 62));

        Assert.Equal((15, 29.5, 37, 1.5, false), Seconds(plan));
        Assert.False(plan.IsPeriodCut);
    }

    [Fact]
    public void Of_GracePeriodTooShort_ShortensDelayAndPeriodAlike()
    {
        var plan = DrainPlan.Of(Options(delay: 15, period: 30, timeout: 60, grace: 38));

        // 38 s less 9.5 s for the end and 7 s for workers leaves 21.5 s of 45 s, of which the last kill has 0.5 s; what the period no longer spreads, the
        // clients' waits do.
        Assert.True(plan.IsShortened);
        Assert.Equal(21.5 / 3, plan.Delay.TotalSeconds, 3);
        Assert.Equal(21.5 / 3 * 2 - 0.5, plan.Sessions.Period.TotalSeconds, 3);
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

    [Theory]
    [InlineData(30, 30, 7, 22.5)]
    [InlineData(24, 30, 7, 22.5)]
    [InlineData(3600, 30, 7, 22.5)]
    [InlineData(4, 4, 7, 2)]
    [InlineData(30, 30, 0, 27.5)]
    [InlineData(1, 1, 7, 0.5)]
    public void Of_PeriodThatLeavesTheLastWorkerNoTime_IsCut(double period, double timeout, double workers, double used)
    {
        var plan = DrainPlan.Of(Options(delay: 0, period, timeout, grace: 0) with { WorkerTime = TimeSpan.FromSeconds(workers) });

        Assert.Equal((0, used, timeout, 1 + Math.Min(period, timeout) - used, false), Seconds(plan));
        Assert.True(plan.IsPeriodCut);
    }

    [Theory]
    [InlineData(5, 30)]
    [InlineData(23, 30)]
    [InlineData(2, 4)]
    [InlineData(0, 0)]
    public void Of_PeriodThatLeavesTheLastWorkerItsTime_IsNotCalledCut(double period, double timeout) =>
        Assert.False(DrainPlan.Of(Options(delay: 0, period, timeout, grace: 0)).IsPeriodCut);

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
