using System.Globalization;

namespace KubeWsBridge.Certificates.Storage;

/// <summary>Keeps bundles below a directory: a volume that all replicas mount, or a place on one machine.</summary>
/// <remarks>
/// A bundle is a folder. Each write makes a generation folder in it, whole and flushed, and then replaces the file <c>current</c>, which holds that
/// folder's name. So whatever a crash leaves, <c>current</c> names a generation that is whole. Only the owner can read any of it.
/// </remarks>
/// <param name="root">The directory; it is made when it is missing.</param>
public sealed class DirectoryStorage(string root) : ICertificateStorage
{
    private const string Pointer = "current";

    /// <summary>Older generations are kept for those who have read the pointer and are still to read the files, and for people.</summary>
    private const int OlderGenerations = 2;

    /// <summary>Only who writes as fast as it can makes one look more than twice.</summary>
    private const int MostReads = 10;

    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string Name => "directory";

    /// <inheritdoc/>
    public Task<StoredBundle?> ReadAsync(string bundle, CancellationToken cancellationToken) => Attempt("read", () =>
    {
        var folder = FolderOf(bundle);
        for (var attempt = 1; attempt <= MostReads; attempt++)
        {
            if (ReadPointer(folder) is not { } generation)
                return null;
            if (TryReadFiles(Path.Combine(folder, generation)) is { } files && WasWhole(generation, ReadPointer(folder)))
                return new StoredBundle(generation, files);
        }
        throw new DamagedStateException($"{Path.Combine(folder, Pointer)} names a generation that is not there.");
    });

    /// <inheritdoc/>
    public Task<string?> ReadVersionAsync(string bundle, CancellationToken cancellationToken) => Attempt("read", () => ReadPointer(FolderOf(bundle)));

    /// <inheritdoc/>
    public Task WriteAsync(string bundle, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken) => Attempt("written", () =>
    {
        var folder = FolderOf(bundle);
        PrivateFiles.CreateFolders(_root, folder);

        // 1. The files, in a folder of their own that nobody looks into yet.
        var number = GenerationsOf(folder).Select(NumberOf).Append(0).Max() + 1;
        var generation = $"{number.ToString("000000", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..8]}";
        var target = Path.Combine(folder, generation);
        PrivateFiles.CreateFolders(_root, target);
        foreach (var (name, text) in files)
            PrivateFiles.Write(Path.Combine(target, name), text);
        DirectoryFlush.Flush(target);
        DirectoryFlush.Flush(folder);

        // 2. The pointer, replaced by a rename: whoever reads it sees the old name or the new.
        PrivateFiles.Replace(Path.Combine(folder, Pointer), generation + "\n");
        DirectoryFlush.Flush(folder);

        // 3. What nobody needs any more.
        foreach (var old in GenerationsOf(folder).Where(old => NumberOf(old) < number - OlderGenerations))
            PrivateFiles.TryDeleteFolder(Path.Combine(folder, old));
        return true;
    });

    /// <inheritdoc/>
    public Task DeleteAsync(string bundle, CancellationToken cancellationToken) => Attempt("deleted", () =>
    {
        var folder = FolderOf(bundle);
        if (!Directory.Exists(folder))
            return false;
        File.Delete(Path.Combine(folder, Pointer)); // first, so that it is gone as a whole
        PrivateFiles.TryDeleteFolder(folder);
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string parent, CancellationToken cancellationToken) => Attempt<IReadOnlyList<string>>("read", () =>
    {
        var folder = FolderOf(parent);
        if (!Directory.Exists(folder))
            return [];
        var bundles = Directory.EnumerateDirectories(folder).Where(child => ReadPointer(child) is not null);
        return [.. bundles.Select(child => $"{parent}/{Path.GetFileName(child)}").Order(StringComparer.Ordinal)];
    });

    /// <inheritdoc/>
    public Task<IStorageLock?> TryLockAsync(string name, CancellationToken cancellationToken) => Attempt<IStorageLock?>("locked", () =>
    {
        var locks = Path.Combine(_root, "locks");
        PrivateFiles.CreateFolders(_root, locks);
        return FileLock.TryTake(Path.Combine(locks, BundleName.Check(name).Replace('/', '+') + ".lock"));
    });

    private string FolderOf(string bundle) => Path.Combine(_root, Path.Combine(BundleName.Check(bundle).Split('/')));

    private static Dictionary<string, string>? TryReadFiles(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException)
        {
            return null; // replaced several times since the pointer was read
        }
    }

    // Files of a generation are removed only after the pointer has gone on by more than is kept.
    private static bool WasWhole(string generation, string? pointerAfterwards) =>
        pointerAfterwards == generation
        || (pointerAfterwards is not null && NumberOf(pointerAfterwards) - NumberOf(generation) is > 0 and <= OlderGenerations);

    private static string? ReadPointer(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, Pointer)).TrimEnd('\n');
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<string> GenerationsOf(string folder) =>
        Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => NumberOf(name) > 0);

    private static long NumberOf(string generation) =>
        generation.Split('-') is [var digits, _] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // Everything here is quick and local, or as good as: there is nothing to wait for asynchronously.
    private Task<T> Attempt<T>(string participle, Func<T> action)
    {
        try
        {
            return Task.FromResult(action());
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Task.FromException<T>(new StorageException(
                $"The certificates' directory {_root} could not be {participle}: {failed.Message} "
                + $"It must belong to this process's user ({Environment.UserName}), on a volume with room.",
                failed));
        }
    }
}
