using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;

namespace KubeWsBridge.Certificates.Tests.Life;

public sealed class ReplicaTests : IDisposable
{
    private readonly FakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task FiveReplicas_OneFolder_MakeOneOrderAndServeTheSame()
    {
        var gate = new TaskCompletionSource();
        _world.First.OrderGate = gate.Task;
        var replicas = Enumerable.Range(0, 5).Select(_ => new Replica(_world)).ToArray();

        var turns = replicas.Select(replica => Task.Run(replica.TurnAsync)).ToList();
        while (turns.Count > 1)
            turns.Remove(await Task.WhenAny(turns));
        Assert.Equal(4, replicas.Count(replica => replica.Life.Stage == LifeStage.Elsewhere));
        gate.SetResult();
        await turns[0];
        foreach (var replica in replicas)
            await replica.TurnAsync();

        Assert.Single(_world.First.Orders);
        Assert.Single(replicas.Select(replica => replica.Sink.Serial).Distinct());
        Assert.All(replicas, replica => Assert.Single(replica.Sink.Served));
    }

    [Fact]
    public async Task LockHolder_DiesMidOrder_AnotherGoesOnWithItsOrder()
    {
        var fuse = new Fuse(20); // the order is placed and written down by then
        await Record.ExceptionAsync(new Replica(_world, null, fuse.Of, fuse.Of, fuse.Of).TurnAsync);
        Assert.Single(_world.First.Orders);

        var other = new Replica(_world);
        await other.TurnAsync();

        Assert.NotNull(other.Sink.Serial);
        Assert.Single(_world.First.Orders);
    }

    [Fact]
    public async Task Answers_OfOneReplica_AreGivenByAll()
    {
        var storage = new KubeWsBridge.Certificates.Storage.DirectoryStorage(_world.Folder);
        var (one, other) = (new StoredChallengeAnswers(storage, new JumpingTime()), new StoredChallengeAnswers(storage, new JumpingTime()));

        await one.PutAsync("token", "answer", CancellationToken.None);
        Assert.Equal("answer", await other.FindAsync("token", CancellationToken.None));
        Assert.Null(await other.FindAsync("../../etc/passwd", CancellationToken.None));
        await one.RemoveAsync("token", CancellationToken.None);
        Assert.Null(await other.FindAsync("token", CancellationToken.None));
    }
}
