using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Hosting.Draining;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Tests.Hosting.Draining;

public sealed class DrainTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();
    private readonly AdmissionGate _gate = new(new AdmissionOptions());
    private readonly FakeSessions _sessions = new();
    private readonly Drain _drain;

    public DrainTests() => _drain = new Drain(
        new DrainOptions { Delay = TimeSpan.FromSeconds(10), CloseCode = 1012 }, _gate, _sessions, _time, NullLogger.Instance);

    public void Dispose() => _drain.Dispose();

    [Fact]
    public void Status_NobodyDrains_IsServing() => Assert.Equal(new DrainStatus(DrainState.Serving, null, 3, false), _drain.Status);

    [Fact]
    public async Task Start_Always_LeavesThenClosesThenIsOver()
    {
        var run = _drain.Start(isFinal: false);

        Assert.Equal(DrainState.Leaving, _drain.Status.State);
        Assert.False(_gate.Draining);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40)), (run.ClosesAt - run.StartedAt, run.Deadline - run.StartedAt));
        await PassTheDelayAsync();
        Assert.Equal(1012, (await _sessions.Asked).CloseCode);
        Assert.Equal(DrainState.Closing, _drain.Status.State);
        Assert.True(_gate.Draining);
        _sessions.Go();
        Assert.Equal(DrainOutcome.Completed, await run.Ended.WaitAsync(Patience));
        await _drain.Over.WaitAsync(Patience);
        Assert.Equal(DrainState.Exiting, _drain.Status.State);
        Assert.False(_sessions.IsAborted);
    }

    [Fact]
    public void Start_Again_JoinsTheFirst() => Assert.Same(_drain.Start(isFinal: false), _drain.Start(isFinal: true));

    [Fact]
    public async Task Cancel_WhileLeaving_EverythingIsAsBefore()
    {
        var run = _drain.Start(isFinal: false);

        Assert.Null(_drain.Cancel());

        Assert.Equal(DrainOutcome.Cancelled, await run.Ended.WaitAsync(Patience));
        Assert.Equal(new DrainStatus(DrainState.Serving, null, 3, false), _drain.Status);
        Assert.False(_gate.Draining);
        Assert.False(_drain.Over.IsCompleted);
    }

    [Fact]
    public async Task Cancel_WhileClosing_AcceptsAgainAndANewDrainCanCome()
    {
        var run = _drain.Start(isFinal: false);
        await PassTheDelayAsync();
        await _sessions.Asked;

        Assert.Null(_drain.Cancel());

        Assert.Equal(DrainOutcome.Cancelled, await run.Ended.WaitAsync(Patience));
        Assert.False(_gate.Draining);
        Assert.NotSame(run, _drain.Start(isFinal: false));
        _sessions.Go();
        await PassTheDelayAsync();
        await _drain.Over.WaitAsync(Patience);
    }

    [Fact]
    public async Task Cancel_WhileClosing_AcceptsOnlyWhenNobodyIsEndedAnyMore()
    {
        bool? wasClosed = null;
        _sessions.Stopped = () => wasClosed = _gate.Draining;
        _drain.Start(isFinal: false);
        await PassTheDelayAsync();

        Assert.Null(_drain.Cancel());

        Assert.True(wasClosed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_AtAnyTime_LetsGoOfTheRun(bool isClosing)
    {
        var run = _drain.Start(isFinal: false);
        if (isClosing)
            await PassTheDelayAsync();
        Assert.False(HasLetGo(run));

        Assert.Null(_drain.Cancel());

        Assert.True(SpinWait.SpinUntil(() => HasLetGo(run), Patience));
    }

    [Fact]
    public async Task Start_Over_LetsGoOfTheRunAndHurryingCostsNothing()
    {
        var run = _drain.Start(isFinal: true);
        _sessions.Go();
        await PassTheDelayAsync();
        await _drain.Over.WaitAsync(Patience);

        Assert.True(SpinWait.SpinUntil(() => HasLetGo(run), Patience));
        _drain.Hurry();
        Assert.Equal(DrainOutcome.Completed, await run.Ended);
    }

    [Fact]
    public void Cancel_AfterASignal_IsRefused()
    {
        _drain.Start(isFinal: false);
        _drain.Start(isFinal: true);

        Assert.Contains("signal", _drain.Cancel(), StringComparison.Ordinal);
        Assert.Equal(DrainState.Leaving, _drain.Status.State);
    }

    [Fact]
    public async Task Cancel_WhenOver_IsRefused()
    {
        _drain.Start(isFinal: false);
        _sessions.Go();
        await PassTheDelayAsync();
        await _drain.Over.WaitAsync(Patience);

        Assert.Contains("exiting", _drain.Cancel(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancel_NobodyDrains_IsFine() => Assert.Null(_drain.Cancel());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hurry_AtAnyTime_AbortsWhatIsLeft(bool isClosing)
    {
        var run = _drain.Start(isFinal: true);
        if (isClosing)
        {
            await PassTheDelayAsync();
            await _sessions.Asked;
        }

        _drain.Hurry();

        Assert.Equal(DrainOutcome.CutShort, await run.Ended.WaitAsync(Patience));
        Assert.True(_sessions.IsAborted);
        await _drain.Over.WaitAsync(Patience);
    }

    [Fact]
    public async Task Sessions_NotGoneInTime_AreAborted()
    {
        var run = _drain.Start(isFinal: true);
        _sessions.Go(areGone: false);
        await PassTheDelayAsync();

        Assert.Equal(DrainOutcome.CutShort, await run.Ended.WaitAsync(Patience));
        Assert.True(_sessions.IsAborted);
    }

    /// <summary>Whether its token's source is disposed, and with it what it has registered with the one for hurrying, which lives as long as the program.</summary>
    private static bool HasLetGo(DrainRun run)
    {
        try
        {
            _ = run.Stop;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>The drain waits for the clock already when it has been started.</summary>
    private async Task PassTheDelayAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        await _sessions.Asked;
    }
}
