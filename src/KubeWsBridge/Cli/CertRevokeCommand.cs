using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Automation;

namespace KubeWsBridge.Cli;

/// <summary>Revokes the certificate.</summary>
internal sealed class CertRevokeCommand : CertCommand
{
    /// <inheritdoc/>
    public override string Name => "cert revoke";

    /// <inheritdoc/>
    public override string Summary => "Revoke the certificate at its authority and forget it with its key; running bridges order another.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(CommandContext context, AutomationSettings settings, ICertificateStorage storage, CancellationToken cancellationToken)
    {
        var keys = CertificateKeys.Of(settings.KeyType, reuse: null);
        var revoked = await new Revocation(settings.Certificate, storage, keys, ManagedLife.Setup(TimeProvider.System)).RunAsync(cancellationToken);
        await context.Output.WriteLineAsync($"{revoked.Leaf.SerialNumber} is revoked. Running bridges order another within 15 seconds.");
        return ExitCodes.Ok;
    }
}
