using KubeWsBridge.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Tests.Hosting;

public class MemoryTrimmerTests
{
    private readonly FakeTimeProvider _time = new();
    private long _turnover;
    private int _collections;

    [Fact]
    public async Task Collect_BurstThatGoesOn_WaitsUntilItCalmsDown()
    {
        await using var trimmer = Start();

        Period(trimmer, sessions: 500);
        Period(trimmer, sessions: 500);
        Assert.Equal(0, _collections);
        Period(trimmer, sessions: 30);

        Assert.Equal(1, _collections);
    }

    [Fact]
    public async Task Collect_FewSessions_NeverComes()
    {
        await using var trimmer = Start();

        Period(trimmer, sessions: 199);
        for (var period = 0; period < 10; period++)
            Period(trimmer, sessions: 0);

        Assert.Equal(0, _collections);
    }

    [Fact]
    public async Task Collect_AfterOneBurst_WaitsForTheNext()
    {
        await using var trimmer = Start();

        Period(trimmer, sessions: 300);
        for (var period = 0; period < 10; period++)
            Period(trimmer, sessions: 1);
        Assert.Equal(1, _collections);
        Period(trimmer, sessions: 300);
        Period(trimmer, sessions: 0);

        Assert.Equal(2, _collections);
    }

    [Fact]
    public async Task Collect_ByTheClock_ComesByItself()
    {
        using var looked = new SemaphoreSlim(0);
        var collected = new TaskCompletionSource();
        await using var trimmer = new MemoryTrimmer(
            () =>
            {
                looked.Release();
                return 1000;
            },
            _time, NullLogger.Instance, collected.SetResult);

        // The first look sees a burst, the second that it is over. A tick that nobody has taken yet would swallow the next.
        _time.Advance(MemoryTrimmer.Period);
        await looked.WaitAsync();
        while (!collected.Task.IsCompleted)
        {
            _time.Advance(MemoryTrimmer.Period);
            await Task.WhenAny(collected.Task, looked.WaitAsync());
        }
    }

    [Fact]
    public async Task Collect_ByDefault_IsTheRuntimes()
    {
        var before = GC.CollectionCount(GC.MaxGeneration);
        await using var trimmer = new MemoryTrimmer(() => _turnover, _time, NullLogger.Instance);

        Period(trimmer, sessions: 1000);
        Period(trimmer, sessions: 0);

        Assert.True(GC.CollectionCount(GC.MaxGeneration) > before);
    }

    private MemoryTrimmer Start() => new(() => _turnover, _time, NullLogger.Instance, () => _collections++);

    /// <summary>A period in which so many sessions come or go, and the look at its end.</summary>
    private void Period(MemoryTrimmer trimmer, long sessions)
    {
        _turnover += sessions;
        trimmer.Look();
    }
}
