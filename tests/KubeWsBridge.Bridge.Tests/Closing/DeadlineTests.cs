using KubeWsBridge.Bridge.Closing;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Closing;

public class DeadlineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _task = new();

    [Fact]
    public async Task EndsWithin_TaskEnds_True()
    {
        var wait = _task.Task.EndsWithin(TimeSpan.FromSeconds(1), _time);
        _task.SetResult();
        Assert.True(await wait);
    }

    [Fact]
    public async Task EndsWithin_TimeRunsOut_False()
    {
        var wait = _task.Task.EndsWithin(TimeSpan.FromSeconds(1), _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await wait);
    }

    [Fact]
    public async Task EndsWithin_TaskFails_TrueAndNothingThrown()
    {
        _task.SetException(new IOException());
        Assert.True(await _task.Task.EndsWithin(TimeSpan.Zero, _time));
    }

    [Fact]
    public async Task EndsWithin_Hurry_False()
    {
        using var hurry = new CancellationTokenSource();
        var wait = _task.Task.EndsWithin(Timeout.InfiniteTimeSpan, _time, hurry.Token);
        await hurry.CancelAsync();
        Assert.False(await wait);
    }
}
