using KubeWsBridge.Bridge.Admission;

namespace KubeWsBridge.Bridge.Tests.Admission;

public class DescriptorBudgetTests
{
    [Theory]
    [InlineData(64, 1)]
    [InlineData(256, 10)]
    [InlineData(1024, 138)]
    [InlineData(20_000, 3301)]
    [InlineData(1_048_576, 174_730)]
    public void Of_AnyLimit_LeavesRoomForAll(long limit, int workers)
    {
        var budget = DescriptorBudget.Of(limit);

        Assert.Equal((2 * workers, workers), (budget.Connections, budget.Workers));
        Assert.True(limit < 256 || budget.Connections + (4 * budget.Workers) + 150 < limit);
    }
}
