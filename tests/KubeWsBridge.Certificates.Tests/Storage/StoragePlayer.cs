using System.Globalization;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Tests.Storage;

/// <summary>This test assembly started as a program of its own, to be killed while it uses a storage.</summary>
internal static class StoragePlayer
{
    public const string Write = "write";
    public const string Lock = "lock";
    public const string Bundle = "bundle";

    /// <summary>The text of all files of the n-th write: the number, so long that half of it is seen to be half.</summary>
    public static string Text(int number) => number.ToString("D5000", CultureInfo.InvariantCulture);

    public static PlayerProcess Start(string part, string folder) => new(part, folder);

    public static async Task PlayAsync(string part, string folder)
    {
        var storage = new DirectoryStorage(folder);
        if (part == Lock)
        {
            await using var held = await storage.TryLockAsync(Bundle, CancellationToken.None);
            Console.WriteLine(held is null ? "taken" : "locked");
            await Task.Delay(Timeout.Infinite);
        }
        var number = await storage.ReadAsync(Bundle, CancellationToken.None) is { } read ? int.Parse(read.Files["a"], CultureInfo.InvariantCulture) : 0;
        while (true)
        {
            number++;
            var text = Text(number);
            await storage.WriteAsync(Bundle, new Dictionary<string, string> { ["a"] = text, ["b"] = text, ["c"] = text }, CancellationToken.None);
            Console.WriteLine(number);
        }
    }
}
