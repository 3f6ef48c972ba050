using KubeWsBridge.Bridge.Pumping;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Pumping;

public class WorkerPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkerPace _pace;

    public WorkerPaceTests() => _pace = new WorkerPace(_time);

    [Theory]
    [InlineData(1, false)]
    [InlineData(4095, false)]
    [InlineData(4096, true)]
    [InlineData(65536, true)]
    public void Arrive_AtOnce_LargeReadsAreAcknowledged(int count, bool acknowledged)
    {
        Assert.Equal(acknowledged, _pace.Arrive(count));
        Assert.Equal(acknowledged, _pace.Arrive(count));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    [InlineData(40, true)]
    [InlineData(250, true)]
    [InlineData(251, false)]
    public void Arrive_RestAfterADelayedAcknowledgement_IsLearnt(int milliseconds, bool inPieces)
    {
        Assert.False(_pace.Arrive(10));
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(inPieces, _pace.Arrive(10));
        Assert.Equal(inPieces, _pace.Arrive(10));
    }

    [Fact]
    public void Arrive_AfterSomethingWasGiven_IsAnAnswerAndNoRest()
    {
        for (var message = 0; message < 5; message++)
        {
            Assert.False(_pace.Arrive(10));
            _pace.Give();
            _time.Advance(TimeSpan.FromMilliseconds(40));
        }
    }

    [Fact]
    public void Arrive_TheFirst_IsNoRestHoweverLate()
    {
        _time.Advance(TimeSpan.FromMilliseconds(40));

        Assert.False(_pace.Arrive(10));
    }

    [Fact]
    public void Arrive_OnceLearnt_StaysSo()
    {
        _pace.Arrive(10);
        _time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(_pace.Arrive(10));
        _pace.Give();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(_pace.Arrive(1));
    }
}
