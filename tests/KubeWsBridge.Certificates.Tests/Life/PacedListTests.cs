using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

namespace KubeWsBridge.Certificates.Tests.Life;

public sealed class PacedListTests : Cluster
{
    [Fact]
    public async Task ManyWhoAsk_AreAnsweredByOneListASecond()
    {
        var list = new PacedList(Storage, "challenges", Time);
        Assert.Empty(await list.ReadAsync(None));

        var asking = Enumerable.Range(0, 100).Select(_ => list.ReadAsync(None)).ToArray();
        await Time.SetAsync(1, 1);
        await WriteAsync("challenges/one", ("answer.txt", "a"));
        Assert.All(asking, task => Assert.False(task.IsCompleted));
        Time.Advance(1);

        Assert.All(await Task.WhenAll(asking), names => Assert.Equal(["challenges/one"], names));
        Assert.Equal(2, Server.Requests.Count(request => request.Verb == "list"));
    }

    /// <summary>Whoever asks while a list is being read may ask for what was written after it.</summary>
    [Fact]
    public async Task WhoeverAsksDuringAList_IsAnsweredByTheNext()
    {
        var list = new PacedList(Storage, "challenges", Time);
        var (begun, gate) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        Server.Hold = request =>
        {
            if (request.Verb == "list")
                begun.TrySetResult();
            return request.Verb == "list" ? gate.Task : Task.CompletedTask;
        };
        var first = list.ReadAsync(None);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var second = list.ReadAsync(None);
        await WriteAsync("challenges/one", ("answer.txt", "a"));
        gate.SetResult();
        await Time.SetAsync(1, 1);
        Time.Advance(1);

        Assert.Empty(await first);
        Assert.Equal(["challenges/one"], await second);
    }
}
