using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Tests.Launching;

namespace KubeWsBridge.Bridge.Tests;

/// <summary>What becomes of launchers when routes are replaced while sessions have their workers.</summary>
public sealed class RouteReplacementTests
{
    private readonly RecordingFactory _factory = new();
    private readonly LauncherTable _launchers;

    public RouteReplacementTests() => _launchers = new LauncherTable(_factory);

    [Fact]
    public async Task Replace_WhatLaunchersDoNotSee_KeepsThem()
    {
        await using var table = Table(Chat());
        table.Start();

        table.Replace([Chat() with { Origins = ["https://example.com"], MaxConnections = 3, Arguments = ["-d", "x=1"] }]);

        var made = Assert.Single(_factory.Made);
        Assert.Equal(1, made.Starts);
        Assert.False(made.IsRetired);
        Assert.Equal(3, table.Enter("/chat")!.Options.MaxConnections);
    }

    [Theory]
    [InlineData("script"), InlineData("arguments"), InlineData("pool"), InlineData("preload")]
    public async Task Replace_WhatLaunchersSee_MakesAndStartsAnother(string what)
    {
        await using var table = Table(Chat());
        table.Start();

        table.Replace([what switch
        {
            "script" => Chat() with { Script = "other.php" },
            "arguments" => Chat() with { Arguments = ["-d", "x=2"] },
            "pool" => Chat() with { Pool = new PoolOptions { Size = 2 } },
            _ => Chat() with { Fork = Chat().Fork with { PhpArguments = ["-n"] } },
        }]);

        Assert.Equal(2, _factory.Made.Count);
        Assert.Equal((1, false), (_factory.Made[1].Starts, _factory.Made[1].IsRetired));
        Assert.True(_factory.Made[0].IsRetired);
        await _factory.Made[0].Ended.WaitAsync(Launches.Patience);
        Assert.Same(_factory.Made[1], table.Enter("/chat")!.Launcher);
    }

    [Fact]
    public async Task Replace_WithSessions_EndsTheLauncherAfterTheLast()
    {
        await using var table = Table(Chat());
        table.Start();
        var (first, second) = (table.Enter("/chat")!, table.Enter("/chat")!);

        table.Replace([]);
        first.Held.LetGo();

        Assert.Null(table.Enter("/chat"));
        Assert.True(_factory.Made[0].IsRetired);
        Assert.False(_factory.Made[0].Ended.IsCompleted);
        second.Held.LetGo();
        await _factory.Made[0].Ended.WaitAsync(Launches.Patience);
    }

    [Fact]
    public async Task Replace_WithAWorkerThatOutlivesItsSession_WaitsForTheWorker()
    {
        await using var table = Table(Chat());
        var worker = new TaskCompletionSource();
        table.Enter("/chat")!.Held.LetGoAfter(worker.Task);

        table.Replace([]);

        Assert.False(_factory.Made[0].Ended.IsCompleted);
        worker.SetResult();
        await _factory.Made[0].Ended.WaitAsync(Launches.Patience);
    }

    [Fact]
    public async Task Replace_AnUnknownLauncher_ChangesNothing()
    {
        await using var table = Table(Chat());
        table.Start();

        Assert.Throws<ArgumentException>(() => table.Replace([Chat() with { Path = "/longer", Script = "a.php" }, Chat() with { Launcher = "teleport" }]));

        Assert.Same(_factory.Made[0], table.Enter("/chat")!.Launcher);
        Assert.False(_factory.Made[0].IsRetired);
        await _factory.Made[1].Ended.WaitAsync(Launches.Patience);
        Assert.Equal(0, _factory.Made[1].Starts);
    }

    [Fact]
    public async Task DisposeAsync_WithSessions_EndsAllLaunchersOnce()
    {
        var table = Table(Chat());
        table.Start();
        var former = table.Enter("/chat")!;
        table.Replace([Chat() with { Script = "other.php" }]);
        var current = table.Enter("/chat")!;

        await table.DisposeAsync();

        Assert.All(_factory.Made, made => Assert.True(made.Ended.IsCompleted));
        former.Held.LetGo();
        current.Held.LetGo();
        Assert.All(_factory.Made, made => Assert.Equal(1, made.Ends));
    }

    [Fact]
    public async Task Enter_WhileRoutesAreReplaced_NeverGivesALauncherThatHasEnded()
    {
        await using var table = Table(Chat());
        table.Start();
        var visitors = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var visits = 0; visits < 20_000; visits++)
            {
                var route = table.Enter("/chat")!;
                Assert.False(((RecordingLauncher)route.Launcher).Ended.IsCompleted);
                route.Held.LetGo();
            }
        })).ToArray();

        for (var turn = 0; !Array.TrueForAll(visitors, visitor => visitor.IsCompleted); turn++)
            table.Replace([Chat() with { Script = $"{turn}.php" }]);

        await Task.WhenAll(visitors);
        foreach (var replaced in _factory.Made.SkipLast(1))
            await replaced.Ended.WaitAsync(Launches.Patience);
    }

    // Everything anew each time, lists too, as it is when a file is read again.
    private static RouteOptions Chat() => new()
    {
        Path = "/chat",
        Executable = "php",
        Script = "chat.php",
        Arguments = ["-d", "x=1"],
        Launcher = "recording",
        Fork = new ForkOptions { PhpArguments = ["-d", "y=1"] },
    };

    private RouteTable Table(params RouteOptions[] routes) => new(routes, _launchers, Launches.Context());

    private sealed class RecordingFactory : ILauncherFactory
    {
        public List<RecordingLauncher> Made { get; } = [];

        public string Name => "recording";

        public ILauncher Create(LaunchPlan plan, LauncherContext context)
        {
            Made.Add(new RecordingLauncher());
            return Made[^1];
        }
    }

    private sealed class RecordingLauncher : ILauncher
    {
        private readonly TaskCompletionSource _ended = new();
        private int _ends;

        public string Name => "recording";

        public LauncherHealth Health => LauncherHealth.Ready;

        public int Starts { get; private set; }

        public bool IsRetired { get; private set; }

        public int Ends => _ends;

        public Task Ended => _ended.Task;

        public void Start() => Starts++;

        public void Retire() => IsRetired = true;

        public ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref _ends);
            _ended.TrySetResult();
            return default;
        }
    }
}
