using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Automation;

namespace KubeWsBridge.Cli;

/// <summary>Orders a certificate now, whatever is stored.</summary>
internal sealed class CertRenewCommand : CertCommand
{
    /// <inheritdoc/>
    public override string Name => "cert renew";

    /// <inheritdoc/>
    public override string Summary => "Order the certificate anew; running bridges answer the authority, and show it within 15 seconds.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(CommandContext context, AutomationSettings settings, ICertificateStorage storage, CancellationToken cancellationToken)
    {
        var log = new WarningWriter(context.Error);
        using var solvers = new ChallengeSolvers(settings, storage, TimeProvider.System, log);
        using var metrics = new CertificateMetrics();
        var life = ManagedLife.Of(settings, storage, solvers, new NobodyServes(), TimeProvider.System, log, metrics);
        await context.Output.WriteLineAsync($"Ordering a certificate for {string.Join(", ", settings.Certificate.Names)} ...");
        var outcome = await life.RenewAsync(cancellationToken);
        if (outcome.Certificate is { } certificate)
            await context.Output.WriteLineAsync(
                $"{certificate.Leaf.SerialNumber} from {certificate.Record.Issuer.Host}, valid until {certificate.NotAfter:u}. Running bridges show it within 15 seconds.");
        else if (outcome.IsElsewhere)
            await context.Error.WriteLineAsync("kubewsbridge: another process is ordering it at the moment. Try again in a minute.");
        return outcome.Certificate is null ? ExitCodes.Failed : ExitCodes.Ok; // the log has said why
    }

    private sealed class NobodyServes : ICertificateSink
    {
        public Task ServeAsync(ManagedCertificate managed, StoredCertificate certificate) => Task.CompletedTask;
    }
}
