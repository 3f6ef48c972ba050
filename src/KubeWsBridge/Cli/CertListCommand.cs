using System.Globalization;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Hosting.Automation;

namespace KubeWsBridge.Cli;

/// <summary>Lists what a storage holds.</summary>
internal sealed class CertListCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "cert list";

    /// <inheritdoc/>
    public string Summary => "List the certificates that are stored, and what is under way.";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.LoadStorage() is not { } settings)
            return ExitCodes.BadConfiguration;
        try
        {
            var storage = StateStorage.Open(settings, TimeProvider.System);
            using var closing = storage as IDisposable;
            var entries = await Inventory.ReadAsync(storage, cancellationToken);
            if (entries.Count == 0)
                await context.Output.WriteLineAsync($"There is nothing in {settings}.");
            foreach (var entry in entries)
                await WriteAsync(context.Output, entry);
            return ExitCodes.Ok;
        }
        catch (StorageException unreadable)
        {
            await context.Error.WriteLineAsync($"kubewsbridge: {unreadable.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task WriteAsync(TextWriter output, InventoryEntry entry)
    {
        await output.WriteLineAsync(entry.Id);
        if (entry is { Certificate: { } certificate, Record: { } record })
        {
            await output.WriteLineAsync($"  for       {string.Join(", ", record.Names)}");
            await output.WriteLineAsync($"  serial    {certificate.SerialNumber}");
            await output.WriteLineAsync($"  valid     {Time(new(certificate.NotBefore))} to {Time(new(certificate.NotAfter))}");
            await output.WriteLineAsync($"  obtained  {Time(record.ObtainedAt)} from {record.Issuer}");
        }
        else
            await output.WriteLineAsync(entry.Damage is { } damage ? $"  damaged   {damage}" : "  no certificate yet");
        if (entry.IsOrdered)
            await output.WriteLineAsync("  order     under way, or left for the next start");
        if (entry.Failures > 0)
            await output.WriteLineAsync($"  failed    {entry.Failures} times in a row; next attempt {Time(entry.RetryAt)}: {entry.LastError}");
    }

    private static string Time(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
