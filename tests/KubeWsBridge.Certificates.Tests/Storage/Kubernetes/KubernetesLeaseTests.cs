using System.Text.Json.Nodes;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

/// <summary>A Lease of 15 seconds: renewed every 5, given up after 10, free for others after 15.</summary>
public sealed class KubernetesLeaseTests : Cluster
{
    private JsonNode Spec => Assert.Single(Server.List("leases"))["spec"]!;

    private string LeaseName => (string)Assert.Single(Server.List("leases"))["metadata"]!["name"]!;

    [Fact]
    public async Task Lock_TakenByAnother_IsNullUntilGivenBack()
    {
        var other = Open(holder: "bridge-1");
        var held = await Storage.TryLockAsync("one", None);

        Assert.Null(await other.TryLockAsync("one", None));
        Assert.Null(await Storage.TryLockAsync("one", None));
        await using (var another = await other.TryLockAsync("two", None))
            Assert.NotNull(another);
        await held!.DisposeAsync();
        await held.DisposeAsync();
        await using var taken = await other.TryLockAsync("one", None);
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Lease_Held_SaysByWhom()
    {
        await using (await Storage.TryLockAsync("one", None))
        {
            Assert.StartsWith("bridge-0_", (string?)Spec["holderIdentity"], StringComparison.Ordinal);
            Assert.Equal(15, (int?)Spec["leaseDurationSeconds"]);
            Assert.Equal(0, (int?)Spec["leaseTransitions"]);
            Assert.Equal("2030-01-01T00:00:00.000000Z", (string?)Spec["renewTime"]);
        }

        Assert.Equal("", (string?)Spec["holderIdentity"]);
        await using var again = await Storage.TryLockAsync("one", None);
        Assert.Equal(1, (int?)Spec["leaseTransitions"]);
    }

    [Fact]
    public async Task Lease_Renewed_IsNeverFree()
    {
        var other = Open(holder: "bridge-1");
        await using var held = await Storage.TryLockAsync("one", None);
        for (var renewals = 1; renewals <= 6; renewals++)
        {
            await RenewAsync(renewals);
            Assert.Null(await other.TryLockAsync("one", None));
        }

        Assert.Equal("2030-01-01T00:00:30.000000Z", (string?)Spec["renewTime"]);
        Assert.Equal("2030-01-01T00:00:00.000000Z", (string?)Spec["acquireTime"]);
        Assert.False(held!.Lost.IsCancellationRequested);
    }

    /// <summary>From when it was first seen as it is, whatever times are written in it.</summary>
    [Theory, InlineData("2020-01-01T00:00:00.000000Z"), InlineData("2040-01-01T00:00:00.000000Z")]
    public async Task Holder_Killed_IsTakenOverAfterTheDuration(string itsClock)
    {
        await AddLeaseAsync("one", itsClock);

        Assert.Null(await Storage.TryLockAsync("one", None));
        Time.Advance(14.9);
        Assert.Null(await Storage.TryLockAsync("one", None));
        Time.Advance(0.1);
        await using var taken = await Storage.TryLockAsync("one", None);

        Assert.NotNull(taken);
        Assert.Equal(1, (int?)Spec["leaseTransitions"]);
    }

    [Fact]
    public async Task Holder_SignOfLife_BeginsTheDurationAnew()
    {
        await AddLeaseAsync("one", "2020-01-01T00:00:00.000000Z");

        Assert.Null(await Storage.TryLockAsync("one", None));
        Time.Advance(14);
        Server.Change("leases", LeaseName, lease => lease["spec"]!["renewTime"] = "2020-01-01T00:00:05.000000Z");
        Assert.Null(await Storage.TryLockAsync("one", None));
        Time.Advance(14);
        Assert.Null(await Storage.TryLockAsync("one", None));
        Time.Advance(1);
        await using var taken = await Storage.TryLockAsync("one", None);
        Assert.NotNull(taken);
    }

    /// <summary>Five see at the same moment that it is free.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Lease_Free_IsTakenByOne(bool isThere)
    {
        if (isThere)
            await (await Storage.TryLockAsync("one", None))!.DisposeAsync();
        var storages = Enumerable.Range(0, 5).Select(number => Open(holder: $"bridge-{number}")).ToArray();
        // Nobody goes on before all have seen it.
        var (left, all) = (storages.Length, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Server.Gate = request =>
        {
            if (request.Verb == "get" && Interlocked.Decrement(ref left) == 0)
                all.SetResult();
            return request.Verb == "get" ? Task.CompletedTask : all.Task;
        };

        var locks = await Task.WhenAll(storages.Select(storage => storage.TryLockAsync("one", None)));

        await using var taken = Assert.Single(locks, held => held is not null);
    }

    [Fact]
    public async Task Take_AnswerGotLost_IsTaken()
    {
        var isFirst = true;
        Server.Fault = request => request.Verb == "create" && Interlocked.Exchange(ref isFirst, false) ? new FakeFault { IsCutAfter = true } : null;

        var taking = Storage.TryLockAsync("one", None);
        await Time.SetAsync(0.2, 1);
        Time.Advance(0.2);
        await using var taken = await taking;

        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Renewing_FailsForTooLong_IsLostBeforeOthersMayTakeIt()
    {
        var other = Open(holder: "bridge-1");
        await using var held = await Storage.TryLockAsync("one", None);
        Assert.Null(await other.TryLockAsync("one", None));
        Server.Fault = request => request.Verb == "update" ? FakeFault.Status(500) : null;
        await Time.SetAsync(5, 1);
        Time.Advance(5);
        await Time.SetAsync(2, 1);
        Time.Advance(2);
        await Time.SetAsync(2, 2);
        Time.Advance(2);
        await Time.SetAsync(1, 2);
        Assert.False(held!.Lost.IsCancellationRequested);

        Time.Advance(1);
        await LostAsync(held);

        Server.Fault = _ => null;
        Assert.Null(await other.TryLockAsync("one", None));
        Time.Advance(5);
        await using var taken = await other.TryLockAsync("one", None);
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Renewing_FailsOnce_IsTriedAgainSoon()
    {
        await using var held = await Storage.TryLockAsync("one", None);
        var isFirst = true;
        Server.Fault = request => request.Verb == "update" && Interlocked.Exchange(ref isFirst, false) ? FakeFault.Status(500) : null;
        await Time.SetAsync(5, 1);
        Time.Advance(5);
        await Time.SetAsync(2, 1);
        Time.Advance(2);
        await Time.SetAsync(5, 3);

        Assert.Equal("2030-01-01T00:00:07.000000Z", (string?)Spec["renewTime"]);
        Time.Advance(5);
        await Server.CameAsync("update", "leases", 3);
        Assert.False(held!.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Renewing_NoAnswer_IsLostAtTheDeadline()
    {
        await using var held = await Storage.TryLockAsync("one", None);
        Server.Fault = request => request.Verb == "update" ? new FakeFault { Hangs = true } : null;
        await Time.SetAsync(5, 1);
        Time.Advance(5);
        await Server.CameAsync("update", "leases", 1);
        Time.Advance(4.9);
        Assert.False(held!.Lost.IsCancellationRequested);

        Time.Advance(0.1);

        await LostAsync(held);
    }

    [Fact]
    public async Task Renewing_AnswerGotLost_IsRenewed()
    {
        await using var held = await Storage.TryLockAsync("one", None);
        var isFirst = true;
        Server.Fault = request => request.Verb == "update" && Interlocked.Exchange(ref isFirst, false) ? new FakeFault { IsCutAfter = true } : null;
        await Time.SetAsync(5, 1);
        Time.Advance(5);
        await Time.SetAsync(2, 1);
        Time.Advance(2); // its version is an old one now
        await Time.SetAsync(5, 3);

        Assert.False(held!.Lost.IsCancellationRequested);
        Assert.Equal("2030-01-01T00:00:07.000000Z", (string?)Spec["renewTime"]);
    }

    [Fact]
    public async Task Lease_TouchedBySomebody_IsRenewedAndReleasedAllTheSame()
    {
        var held = await Storage.TryLockAsync("one", None);
        await Time.SetAsync(5, 1);
        Server.Change("leases", LeaseName, lease => lease["metadata"]!["labels"]!["team"] = "chat");
        await RenewAsync(1);
        Assert.False(held!.Lost.IsCancellationRequested);
        Server.Change("leases", LeaseName, lease => lease["metadata"]!["labels"]!["team"] = "web");

        await held.DisposeAsync();

        Assert.Equal("", (string?)Spec["holderIdentity"]);
        Assert.Equal("web", (string?)Server.Find("leases", LeaseName)!["metadata"]!["labels"]!["team"]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Lease_TakenOrRemovedBySomebody_IsLostAndNotReleased(bool isRemoved)
    {
        await using var held = await Storage.TryLockAsync("one", None);
        await Time.SetAsync(5, 1);
        if (isRemoved)
            Server.Remove("leases", LeaseName);
        else
            Server.Change("leases", LeaseName, lease => lease["spec"]!["holderIdentity"] = "another");
        Time.Advance(5);

        await LostAsync(held!);
        await held!.DisposeAsync();

        Assert.Equal(isRemoved ? [] : ["another"], Server.List("leases").Select(lease => (string?)lease["spec"]!["holderIdentity"]));
    }

    /// <summary>A node that slept, a process that was stopped: its time is over when it wakes, and it asks nobody first.</summary>
    [Fact]
    public async Task Holder_SleptForLong_IsLostAtOnce()
    {
        await using var held = await Storage.TryLockAsync("one", None);
        await Time.SetAsync(5, 1);

        Time.Advance(60);

        await LostAsync(held!);
        Assert.DoesNotContain(Server.Requests, request => request.Verb == "update");
    }

    [Fact]
    public async Task Release_ServerGone_EndsSoon()
    {
        var held = await Storage.TryLockAsync("one", None);
        Server.Fault = _ => new FakeFault { Hangs = true };

        var releasing = held!.DisposeAsync().AsTask();
        await Server.CameAsync("update", "leases", 1);
        Time.Advance(3);

        await releasing;
    }

    [Fact]
    public async Task Lease_OfSomebodyElse_IsLeftAlone()
    {
        await using (await Storage.TryLockAsync("one", None))
            Server.Change("leases", LeaseName, lease => lease["metadata"]!["annotations"] = new JsonObject());

        var failed = await Assert.ThrowsAsync<StorageException>(() => Storage.TryLockAsync("one", None));

        Assert.StartsWith($"The Lease {LeaseName} is not kubewsbridge's", failed.Message, StringComparison.Ordinal);
    }

    private static async Task LostAsync(IStorageLock held)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = held.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    // A pause, then for each renewal its deadline and another pause: all of 5 seconds.
    private async Task RenewAsync(int renewals)
    {
        await Time.SetAsync(5, 2 * renewals - 1);
        Time.Advance(5);
        await Time.SetAsync(5, 2 * renewals + 1);
    }

    // As a holder leaves it that was killed, whose clock may be any time off.
    private async Task AddLeaseAsync(string name, string clock)
    {
        await using (await Storage.TryLockAsync(name, None))
        {
        }
        Server.Change("leases", LeaseName, lease => lease["spec"] = new JsonObject
        {
            ["holderIdentity"] = "dead",
            ["leaseDurationSeconds"] = 15,
            ["renewTime"] = clock,
            ["acquireTime"] = clock,
            ["leaseTransitions"] = 0,
        });
    }
}
