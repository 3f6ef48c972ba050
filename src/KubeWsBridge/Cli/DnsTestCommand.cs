using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Hosting.Automation;

namespace KubeWsBridge.Cli;

/// <summary>Publishes a challenge's record, waits until it is seen and removes it: all that DNS-01 needs, without an authority.</summary>
internal sealed class DnsTestCommand : ICommand
{
    private const string Prefix = "_acme-challenge.";

    /// <inheritdoc/>
    public string Name => "dns test";

    /// <inheritdoc/>
    public string Operand => "NAME";

    /// <inheritdoc/>
    public string Summary => "Add, check and remove a DNS-01 record for NAME, with --tls-dns-provider and --tls-dns-param.";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.LoadDns() is not { } settings)
            return ExitCodes.BadConfiguration;
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Whoever loses patience still gets the record removed.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            return await TestAsync(context, settings, RecordName(context.Line.Words[^1]), interruption.Token) ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (DnsException e)
        {
            await context.Error.WriteLineAsync($"kubewsbridge: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("kubewsbridge: interrupted.");
        }
        return ExitCodes.Failed;

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }

    private static async Task<bool> TestAsync(CommandContext context, DnsSettings settings, string name, CancellationToken cancellationToken)
    {
        using var publishing = await DnsPublishing.OpenAsync(
            settings, new MemoryDnsJournal(), TimeProvider.System, new WarningWriter(context.Error), cancellationToken);
        var (provider, publisher) = (publishing.Provider, publishing.Publisher);
        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        try
        {
            await context.Output.WriteLineAsync($"Adding a TXT record for {name} by {provider.Name} ...");
            var record = await publisher.AddAsync(name, value, cancellationToken);
            await context.Output.WriteLineAsync($"Added at {record.Name} in zone {record.Zone}, with a time to live of {record.Ttl.TotalSeconds:0} s.");
            await context.Output.WriteLineAsync($"Looking for it in {settings.Challenges.PropagationDelay.TotalSeconds:0.#} s ...");
            var servers = await publisher.WaitAsync(record, cancellationToken);
            await context.Output.WriteLineAsync(servers.Count > 0
                ? $"Seen on {string.Join(", ", servers)}."
                : $"Not looked for, as --{AcmeOptions.PropagationTimeout.Flag} is 0.");
        }
        catch (Exception e) when (e is DnsException or OperationCanceledException)
        {
            await publisher.RemoveAsync(name, value);
            throw;
        }
        if (!await publisher.RemoveAsync(name, value))
            return false;
        await context.Output.WriteLineAsync($"Removed. {provider.Name} works for {name}.");
        return true;
    }

    // A wildcard is proved at the name it stands for.
    private static string RecordName(string name)
    {
        name = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name : Prefix + name;
    }
}
