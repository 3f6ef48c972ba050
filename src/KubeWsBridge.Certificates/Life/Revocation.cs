using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Revokes the stored certificate at its authority and takes it out of the storage, upon which every process that serves it orders another.</summary>
public sealed class Revocation(ManagedCertificate managed, ICertificateStorage storage, IKeySource keys, LifeSetup setup)
{
    /// <summary>Does so, under the lock that orders are made under.</summary>
    /// <returns>The certificate that was revoked.</returns>
    /// <exception cref="AcmeException">There is none, somebody is ordering at the moment, or the authority refuses.</exception>
    public async Task<StoredCertificate> RunAsync(CancellationToken cancellationToken)
    {
        var state = new LifeState(storage, managed, keys);
        await using var held = await state.TryLockAsync(cancellationToken)
            ?? throw new AcmeException("Another process is ordering a certificate at the moment. Try again in a minute.");
        var stored = await state.LoadCertificateAsync(cancellationToken)
            ?? throw new AcmeException($"There is no certificate for {string.Join(", ", managed.Names)} in the storage.");
        var issuer = managed.Issuers.FirstOrDefault(issuer => issuer.Directory == stored.Record.Issuer)
            ?? throw new AcmeException($"The certificate is from {stored.Record.Issuer}, which is not among the authorities that are configured.");

        using var client = setup.CreateClient(issuer);
        var account = await new AccountDesk(storage, setup.Time).OpenAsync(client, issuer, cancellationToken);
        try
        {
            await account.RevokeAsync(stored.Leaf, reason: null, cancellationToken);
        }
        catch (AcmeProblemException already) when (already.Kind == ProblemKinds.AlreadyRevoked)
        {
            // By somebody else, or by an attempt that got no further.
        }
        await state.DeleteCertificateAsync(cancellationToken);
        return stored;
    }
}
