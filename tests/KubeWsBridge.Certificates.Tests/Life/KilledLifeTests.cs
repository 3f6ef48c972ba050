using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>A process is killed after each kind of its requests to a real pebble, with all it holds in memory, and another goes on.</summary>
public sealed class KilledLifeTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Process_KilledAfterEachRequest_AnotherGoesOn()
    {
        using var server = await PebbleServer.StartAsync(new() { RefusedNonces = 0 });
        var stops = new List<string>();
        while (true)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_scratch.Folder, $"{stops.Count + 1}")).FullName;
            var name = $"k{Guid.NewGuid():N}.example.com";
            var next = new PebbleLife(server.DirectoryUrl, server.Roots, folder, name);
            await using var listeners = await ChallengeListeners.StartAsync(server, new KubeWsBridge.Certificates.Life.StoredChallengeAnswers(next.Storage, TimeProvider.System));

            using var process = LifePlayer.Start(server, folder, name, stops.Count + 1);
            var stop = await process.ReadLineAsync();
            await process.KillAsync();
            if (stop == "served")
                break;
            stops.Add(stop);
            var account = AccountIn(folder);
            await next.TurnAsync();

            Assert.True(next.Sink.Serial is not null, $"killed: {stop}\n{string.Join('\n', next.Log.Lines)}");
            Assert.Empty(await next.Storage.ListAsync("challenges", CancellationToken.None));
            Assert.Empty(await next.Storage.ListAsync("orders", CancellationToken.None));
            Assert.True(account is null || account == AccountIn(folder), $"killed: {stop}; the account's key was lost");
            // Once the order is written down, which is before the next request, no other is placed.
            if (stops.Count > stops.IndexOf("stopped after order-plz") + 1 && stops.Contains("stopped after order-plz"))
                Assert.DoesNotContain(next.Log.Lines, line => line.Contains("is ordered:", StringComparison.Ordinal));
        }

        Assert.Equal(
            ["dir", "nonce-plz", "sign-me-up", "order-plz", "authZ", "chalZ", "authZ", "my-order", "finalize-order", "my-order", "certZ"],
            stops.Select(stop => stop["stopped after ".Length..]));
    }

    private static string? AccountIn(string folder)
    {
        var accounts = new DirectoryInfo(Path.Combine(folder, "accounts"));
        return accounts.Exists ? accounts.EnumerateFiles("key.pem", SearchOption.AllDirectories).Select(key => File.ReadAllText(key.FullName)).Distinct().Single() : null;
    }
}
