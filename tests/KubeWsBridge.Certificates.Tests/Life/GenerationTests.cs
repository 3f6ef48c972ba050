using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Certificates.Tests.Life;

public sealed class GenerationTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Pebble_CertificatesOfAMinute_AreRenewedTenTimes()
    {
        using var server = await PebbleServer.StartAsync(new() { Validity = 60 });
        var time = new ShiftedTime();
        var life = new PebbleLife(server.DirectoryUrl, server.Roots, _scratch.Folder, "minute.example.com", time: time);
        await using var listeners = await ChallengeListeners.StartAsync(server, new KubeWsBridge.Certificates.Life.StoredChallengeAnswers(life.Storage, TimeProvider.System));

        for (var generation = 1; generation <= 10; generation++)
        {
            time.Shift = TimeSpan.Zero;
            await life.TurnAsync(); // too early for another one, but for the first

            // In the last third of the minute, and later each time, since a new one is left in peace for a tenth of the time it has.
            time.Shift = TimeSpan.FromSeconds(41 + 1.8 * generation);
            await life.TurnAsync();
        }

        Assert.Equal(11, life.Sink.Served.Count);
        Assert.Equal(11, life.Sink.Served.Select(served => served.Leaf.SerialNumber).Distinct().Count());
        Assert.DoesNotContain(life.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    /// <summary>The real clock, which pebble has too, as far ahead as the test wants it.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
