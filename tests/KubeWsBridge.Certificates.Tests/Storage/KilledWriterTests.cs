using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Tests.Storage;

/// <summary>What processes that are killed leave to others.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Killed after a random number of writes, in the middle of another one or not: what is read is whole, and no write is undone.</summary>
    [Fact]
    public async Task Writer_KilledAgainAndAgain_LeavesWholeBundles()
    {
        var storage = new DirectoryStorage(_scratch.Folder);
        var random = new Random();
        for (var round = 0; round < 10; round++)
        {
            using var writer = StoragePlayer.Start(StoragePlayer.Write, _scratch.Folder);
            var written = 0;
            for (var lines = random.Next(1, 40); lines > 0; lines--)
                written = int.Parse(await writer.ReadLineAsync());
            await writer.KillAsync();

            var read = (await storage.ReadAsync(StoragePlayer.Bundle, CancellationToken.None))!;
            Assert.Equal(3, read.Files.Count);
            var number = int.Parse(read.Files["a"]);
            Assert.All(read.Files.Values, text => Assert.Equal(StoragePlayer.Text(number), text));
            Assert.True(number >= written, $"{written} was written, and {number} is read");
        }
    }

    [Fact]
    public async Task LockHolder_Killed_HasTheLockNoMore()
    {
        var storage = new DirectoryStorage(_scratch.Folder);
        using var holder = StoragePlayer.Start(StoragePlayer.Lock, _scratch.Folder);
        Assert.Equal("locked", await holder.ReadLineAsync());
        Assert.Null(await storage.TryLockAsync(StoragePlayer.Bundle, CancellationToken.None));

        await holder.KillAsync();

        await using var taken = await storage.TryLockAsync(StoragePlayer.Bundle, CancellationToken.None);
        Assert.NotNull(taken);
    }
}
