using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Cli;

/// <summary>Takes over a certificate of another ACME client's.</summary>
internal sealed class CertImportCommand : CertCommand
{
    /// <inheritdoc/>
    public override string Name => "cert import";

    /// <inheritdoc/>
    public override string Operand => "DIR";

    /// <inheritdoc/>
    public override string Summary => "Take over the certificate for the same names from lego's, certbot's or Caddy's directory DIR.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(CommandContext context, AutomationSettings settings, ICertificateStorage storage, CancellationToken cancellationToken)
    {
        var keys = CertificateKeys.Of(settings.KeyType, reuse: null);
        var import = new CertificateImport(settings.Certificate, storage, keys, TimeProvider.System);
        var imported = await import.RunAsync(context.Line.Words[^1], cancellationToken);
        await context.Output.WriteLineAsync(
            $"{imported.Leaf.SerialNumber} for {string.Join(", ", imported.Record.Names)}, valid until {imported.NotAfter:u}, is stored in {settings.Storage}. "
            + "Running bridges show it within 15 seconds.");
        return ExitCodes.Ok;
    }
}
