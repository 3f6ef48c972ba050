using System.Security.Cryptography;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Opens the account at an authority, and makes it when there is none: one for all certificates and replicas.</summary>
internal sealed class AccountDesk(ICertificateStorage storage, TimeProvider time)
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks the authority each time: it may have forgotten the account, or changed its terms.</summary>
    public async Task<AcmeAccount> OpenAsync(AcmeClient client, Issuer issuer, CancellationToken cancellationToken)
    {
        await using var held = await LockAsync(issuer, cancellationToken);
        var (key, record) = await LoadAsync(issuer, cancellationToken) ?? await MakeKeyAsync(issuer, cancellationToken);
        try
        {
            return await RegisterAsync(client, issuer, key, record, cancellationToken);
        }
        catch (AcmeProblemException ended) when (ended.Kind == ProblemKinds.Unauthorized && record.Url is not null)
        {
            // Not replaced without being asked to: an account may be bound to another by a secret that is good only once.
            throw new AcmeException(
                $"{issuer.Directory.Host} does not take the account {record.Url} any more: {ended.Problem}. If it was deactivated, remove "
                + $"{issuer.AccountBundle} from the storage, and a new one is made.",
                ended);
        }
    }

    private async Task<AcmeAccount> RegisterAsync(
        AcmeClient client, Issuer issuer, AccountKey key, AccountRecord record, CancellationToken cancellationToken)
    {
        var request = new AccountRequest
        {
            Contacts = issuer.Email is null ? [] : [$"mailto:{issuer.Email}"],
            TermsAgreed = true, // whoever asks for certificates from an authority does; the documentation says so
            ExternalAccount = issuer.ExternalAccount,
        };
        var account = await client.OpenAccountAsync(key, request, cancellationToken);
        if (account.Url != record.Url)
            await SaveAsync(issuer, key, record with { Url = account.Url }, cancellationToken);
        return account;
    }

    private async Task<(AccountKey Key, AccountRecord Record)?> LoadAsync(Issuer issuer, CancellationToken cancellationToken)
    {
        if (await storage.ReadAsync(issuer.AccountBundle, cancellationToken) is not { } bundle)
            return null;
        try
        {
            return (AccountKey.FromPem(bundle.Require("key.pem")), LifeJson.Read(bundle.Require("account.json"), LifeJson.Default.AccountRecord));
        }
        catch (Exception damaged) when (damaged is DamagedStateException or CryptographicException)
        {
            return null; // a new account orders as well as an old one
        }
    }

    // Written down before the authority hears of it, so that no account is made whose key is lost.
    private async Task<(AccountKey Key, AccountRecord Record)> MakeKeyAsync(Issuer issuer, CancellationToken cancellationToken)
    {
        var (key, record) = (AccountKey.Create(), new AccountRecord(issuer.Directory, issuer.Email, null));
        await SaveAsync(issuer, key, record, cancellationToken);
        return (key, record);
    }

    private Task SaveAsync(Issuer issuer, AccountKey key, AccountRecord record, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>
        {
            ["key.pem"] = key.ExportPem(),
            ["account.json"] = LifeJson.Write(record, LifeJson.Default.AccountRecord),
        };
        return storage.WriteAsync(issuer.AccountBundle, files, cancellationToken);
    }

    // Held for two or three requests; whoever waits here is in the middle of an order, whose deadline ends the wait.
    private async Task<IStorageLock> LockAsync(Issuer issuer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await storage.TryLockAsync(issuer.AccountBundle, cancellationToken) is { } held)
                return held;
            await Task.Delay(LockRetry, time, cancellationToken);
        }
    }
}
