using KubeWsBridge.Bridge.Closing;

namespace KubeWsBridge.Bridge.Tests.Closing;

public class CloseScheduleTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    [Fact]
    public void Spread_ManySessions_OneInEachSlotOfThePeriod()
    {
        var moments = CloseSchedule.Spread(500, 0, Period, new Random(1));

        for (var i = 0; i < 500; i++)
            Assert.InRange(moments[i], Period / 500 * i, Period / 500 * (i + 1));
        Assert.True(moments.Zip(moments.Skip(1), (a, b) => b - a).Distinct().Count() > 400); // not in step with other replicas
    }

    [Fact]
    public void Spread_FewThatCanNotBeTold_AreSoonOver() =>
        Assert.InRange(CloseSchedule.Spread(3, 0, TimeSpan.FromHours(1), new Random(1))[^1], TimeSpan.Zero, CloseSchedule.LongestSlot * 3);

    [Fact]
    public void Spread_Told_ComeAfterTheOthersAndTheLastHasThePeriod()
    {
        var moments = CloseSchedule.Spread(10, 90, Period, new Random(1));

        Assert.Equal(moments.Order(), moments);
        Assert.True(moments[10] >= CloseSchedule.LongestSlot * 10);
        Assert.Equal(Period, moments[^1]);
        for (var i = 0; i < 10; i++)
            Assert.InRange(moments.Count(moment => moment >= Period * i / 10 && moment < Period * (i + 1) / 10), 7, 13 + (i == 0 ? 10 : 0));
    }

    [Fact]
    public void Spread_OneTold_HasThePeriod() => Assert.Equal([Period], CloseSchedule.Spread(0, 1, Period, new Random(1)));

    [Fact]
    public void Spread_SameSeed_SameMoments() =>
        Assert.Equal(CloseSchedule.Spread(20, 20, Period, new Random(3)), CloseSchedule.Spread(20, 20, Period, new Random(3)));

    [Fact]
    public void Spread_Nobody_IsEmpty() => Assert.Empty(CloseSchedule.Spread(0, 0, Period, new Random(1)));
}
