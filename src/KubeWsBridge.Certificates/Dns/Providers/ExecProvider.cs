using System.ComponentModel;
using System.Diagnostics;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>A program of the operator's own, called as lego calls it: <c>PROGRAM present|cleanup NAME. VALUE</c>.</summary>
internal sealed class ExecProvider(DnsProviderParameters parameters) : IDnsProvider
{
    private const int MostWords = 2000;

    private readonly string _program = parameters.Get("command");

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "exec",
        Title = "A program of your own",
        Documentation = "https://go-acme.github.io/lego/dns/exec/",
        Remark = "The program is called as `PROGRAM present NAME. VALUE` and `PROGRAM cleanup NAME. VALUE`, without a shell. It adds or removes that one value "
            + "and ends with 0; with another status, what it printed to standard error is shown. It finds the zone and the time to live in the variables "
            + "`DNS_ZONE` and `DNS_TTL`, and is ended after two minutes.",
        Parameters =
        [
            new() { Key = "command", Meaning = "the path of the program.", IsRequired = true, Variables = ["EXEC_PATH"] },
        ],
        Make = static (parameters, _) => new ExecProvider(parameters),
    };

    /// <inheritdoc/>
    public string Name => Definition.Name;

    /// <inheritdoc/>
    public Task AddAsync(TxtRecord record, CancellationToken cancellationToken) => CallAsync("present", record, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken) => CallAsync("cleanup", record, cancellationToken);

    private async Task CallAsync(string verb, TxtRecord record, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        using var process = Start(verb, record);
        try
        {
            // Whoever reads only one of the two may find the program stuck at the other.
            var printed = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            if (process.ExitCode != 0)
                throw new DnsException($"exec: {_program} {verb} ended with status {process.ExitCode}: {Words(await errors, await printed)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DnsException($"exec: {_program} {verb} did not end within two minutes and was killed.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(string verb, TxtRecord record)
    {
        var start = new ProcessStartInfo(_program, [verb, DnsName.Absolute(record.Name), record.Value])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DNS_ZONE"] = record.Zone, ["DNS_TTL"] = $"{record.TtlSeconds}" },
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DnsException($"exec: {_program} cannot be started: {e.Message}. Check command, and that the file may be executed.", e);
        }
    }

    private static string Words(string errors, string printed)
    {
        var words = (errors.Trim().Length > 0 ? errors : printed).Trim();
        return words.Length == 0 ? "it printed nothing." : words.Length > MostWords ? "…" + words[^MostWords..] : words;
    }
}
