using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>
/// Remembers in a directory: one small file for each record, whole or not there. The directory may be shared; nothing in it is secret, for
/// the values are those of public records.
/// </summary>
/// <param name="directory">The directory; made when the first record is remembered.</param>
public sealed class FileDnsJournal(string directory) : IDnsJournal
{
    private const string Extension = ".json";

    /// <inheritdoc/>
    public async Task RememberAsync(DnsJournalEntry entry, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(directory);
        var path = PathOf(entry);
        // A file of another name until it is on the disk: a crash leaves either all of it or nothing that is read.
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(file, entry, DnsJournalJson.Default.DnsJournalEntry, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(DnsJournalEntry entry, CancellationToken cancellationToken)
    {
        if (Directory.Exists(directory))
            File.Delete(PathOf(entry));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DnsJournalEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new List<DnsJournalEntry>();
        if (!Directory.Exists(directory))
            return entries;
        foreach (var path in Directory.EnumerateFiles(directory, "*" + Extension).Order(StringComparer.Ordinal))
            if (await ReadAsync(path, cancellationToken) is { } entry)
                entries.Add(entry);
        return entries;
    }

    private static async Task<DnsJournalEntry?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(file, DnsJournalJson.Default.DnsJournalEntry, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            // Another replica has just cleaned it up, or it is not ours: neither is a reason to leave the others where they are.
            return null;
        }
    }

    private string PathOf(DnsJournalEntry entry)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(entry.Identity));
        return Path.Combine(directory, Convert.ToHexStringLower(hash.AsSpan(0, 16)) + Extension);
    }
}
