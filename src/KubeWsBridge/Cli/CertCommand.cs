using System.Runtime.InteropServices;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Automation;

namespace KubeWsBridge.Cli;

/// <summary>A command that changes the certificate that is stored, under the lock of the bridges that share the storage and with their options.</summary>
internal abstract class CertCommand : ICommand
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual string? Operand => null;

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.LoadAutomation() is not { } settings)
            return ExitCodes.BadConfiguration;
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Whoever loses patience still has the challenges taken away.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            var storage = StateStorage.Open(settings.Storage, TimeProvider.System);
            using var closing = storage as IDisposable;
            return await RunAsync(context, settings, storage, interruption.Token);
        }
        catch (Exception failed) when (failed is AcmeException or StorageException or DnsException)
        {
            await context.Error.WriteLineAsync($"kubewsbridge: {failed.Message}");
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

    /// <summary>Does it; the result is an exit code.</summary>
    protected abstract Task<int> RunAsync(CommandContext context, AutomationSettings settings, ICertificateStorage storage, CancellationToken cancellationToken);
}
