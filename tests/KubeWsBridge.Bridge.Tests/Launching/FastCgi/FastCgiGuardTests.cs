using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiGuardTests
{
    [Fact]
    public void Take_UpToTheReserve_ThenRefusesWithTheNumbers()
    {
        var guard = Guard(workers: 10, reserve: 4);

        Assert.Equal(6, TakeAll(guard));
        var refused = Assert.Throws<LaunchException>(guard.Take);
        Assert.Same(Refusals.WorkerLimit, refused.Refusal);
        Assert.False(refused.Retryable);
        Assert.Contains("Of the 10 workers", refused.Message, StringComparison.Ordinal);
        Assert.Contains("sessions have 6 and HTTP requests 0; 4 are kept free", refused.Message, StringComparison.Ordinal);

        guard.Free();
        Assert.Equal(1, TakeAll(guard));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(3, 3)]
    [InlineData(6, 0)]
    [InlineData(10, 0)]
    public void Take_WorkersBusyWithHttp_AreNotCountedOn(int busy, int left)
    {
        var guard = Guard(workers: 10, reserve: 4);
        guard.Learn(Options(workers: 10, reserve: 4), new FastCgiStatus("static", busy, 10), heldBefore: 0);

        Assert.Equal(left, TakeAll(guard));
    }

    [Fact]
    public void Learn_OurOwnWorkers_AreNotOthers()
    {
        var guard = Guard(workers: 10, reserve: 4);
        guard.Take();
        guard.Take();
        guard.Learn(Options(workers: 10, reserve: 4), new FastCgiStatus("static", 3, 10), heldBefore: 2);

        Assert.Equal(3, TakeAll(guard));
    }

    [Fact]
    public void Learn_SessionsThatCameMeanwhile_CountAsOthersInDoubt()
    {
        var guard = Guard(workers: 10, reserve: 4);
        guard.Take();
        guard.Learn(Options(workers: 10, reserve: 4), new FastCgiStatus("static", 1, 10), heldBefore: 0);

        Assert.Equal(4, TakeAll(guard));
    }

    [Fact]
    public void Learn_SizeNotConfigured_IsThePools()
    {
        var guard = Guard(workers: 0, reserve: 1);
        var unknown = Assert.Throws<LaunchException>(guard.Take);
        Assert.True(unknown.Retryable);

        guard.Learn(Options(workers: 0, reserve: 1), new FastCgiStatus("static", 0, 3), heldBefore: 0);

        Assert.Equal(2, TakeAll(guard));
    }

    [Theory]
    [InlineData("static", 3)]
    [InlineData("dynamic", 5)]
    public void Learn_FewerWorkersThanConfigured_AreBelievedOfAStaticPool(string manager, int left)
    {
        var guard = Guard(workers: 5, reserve: 0);
        guard.Learn(Options(workers: 5, reserve: 0), new FastCgiStatus(manager, 0, 3), heldBefore: 0);

        Assert.Equal(left, TakeAll(guard));
    }

    [Fact]
    public void LearnFull_NobodyMayTake_UntilItIsForgotten()
    {
        var guard = Guard(workers: 3, reserve: 0);
        guard.Take();
        guard.LearnFull(Options(workers: 3, reserve: 0));
        Assert.Equal(0, TakeAll(guard));

        guard.Forget(Options(workers: 3, reserve: 0));
        Assert.Equal(2, TakeAll(guard));
    }

    [Fact]
    public void Adopt_AnotherSize_KeepsWhatSessionsHave()
    {
        var guard = Guard(workers: 3, reserve: 0);
        guard.Take();
        guard.Take();

        guard.Adopt(Options(workers: 4, reserve: 1));
        Assert.Equal(1, TakeAll(guard));

        guard.Adopt(Options(workers: 2, reserve: 0));
        Assert.Equal(0, TakeAll(guard));
        guard.Free();
        guard.Free();
        Assert.Equal(1, TakeAll(guard));
    }

    [Fact]
    public void Learn_FromTheWatchOfFormerOptions_IsNotBelieved()
    {
        var guard = Guard(workers: 3, reserve: 0);
        var former = Options(workers: 3, reserve: 0);
        guard.Adopt(Options(workers: 3, reserve: 1));

        guard.Learn(former, new FastCgiStatus("static", 3, 3), heldBefore: 0);
        guard.LearnFull(former);

        Assert.Equal(2, TakeAll(guard));
    }

    private static int TakeAll(FastCgiGuard guard)
    {
        for (var taken = 0; ; taken++)
        {
            try
            {
                guard.Take();
            }
            catch (LaunchException)
            {
                return taken;
            }
        }
    }

    private static FastCgiGuard Guard(int workers, int reserve) => new(Options(workers, reserve));

    private static FastCgiOptions Options(int workers, int reserve)
    {
        Assert.True(FastCgiAddress.TryParse("127.0.0.1:9000", out var address));
        return new FastCgiOptions { Address = address, Workers = workers, Reserve = reserve, StatusPath = "/status" };
    }
}
