using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>An account at an authority, and what can be asked for with it.</summary>
public sealed class AcmeAccount
{
    private readonly AcmeClient _client;

    internal AcmeAccount(AcmeClient client, AccountKey key, Uri url) => (_client, Key, Url) = (client, key, url);

    /// <summary>The account's name at the authority.</summary>
    public Uri Url { get; }

    /// <summary>What it signs with.</summary>
    public AccountKey Key { get; private set; }

    /// <summary>What its authority offers.</summary>
    public Task<DirectoryResource> GetDirectoryAsync(CancellationToken cancellationToken) => _client.GetDirectoryAsync(cancellationToken);

    /// <summary>What the authority holds of it.</summary>
    public async Task<AccountResource> GetAsync(CancellationToken cancellationToken) =>
        (await _client.PostAsync(this, Url, PostAsGet, cancellationToken)).Read(AcmeJson.Default.AccountResource);

    /// <summary>Replaces the contacts.</summary>
    public async Task<AccountResource> UpdateContactsAsync(IReadOnlyList<string> contacts, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(Url, new() { Contact = contacts }, AcmeJson.Default.AccountUpdateRequest, cancellationToken);
        return answer.Read(AcmeJson.Default.AccountResource);
    }

    /// <summary>Ends the account, for ever.</summary>
    public Task DeactivateAsync(CancellationToken cancellationToken) =>
        PostAsync(Url, new() { Status = "deactivated" }, AcmeJson.Default.AccountUpdateRequest, cancellationToken);

    /// <summary>Lets a new key take over from the old one, which the authority forgets (RFC 8555 section 7.3.5).</summary>
    public async Task ChangeKeyAsync(AccountKey newKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        var url = (await _client.GetDirectoryAsync(cancellationToken)).KeyChange;
        using var oldKey = JsonDocument.Parse(Key.Jwk);
        var change = JsonSerializer.SerializeToUtf8Bytes(new(Url, oldKey.RootElement), AcmeJson.Default.KeyChangeRequest);
        try
        {
            await _client.PostAsync(this, url, Jws.SignWithJwk(newKey, url, nonce: null, change), cancellationToken);
        }
        catch (AcmeProblemException) when (!cancellationToken.IsCancellationRequested)
        {
            // An answer that got lost is repeated with the old key, which is no longer known then.
            if ((await _client.FindAccountAsync(newKey, cancellationToken))?.Url != Url)
                throw;
        }
        Key = newKey;
    }

    /// <summary>Places an order.</summary>
    /// <returns>The order and its URL.</returns>
    public async Task<(Uri Url, OrderResource Order)> NewOrderAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var url = (await _client.GetDirectoryAsync(cancellationToken)).NewOrder;
        var payload = new NewOrderRequest { Identifiers = request.Identifiers, Profile = request.Profile, Replaces = request.Replaces?.Text };
        var answer = await PostAsync(url, payload, AcmeJson.Default.NewOrderRequest, cancellationToken);
        return (answer.RequireLocation(), ReadOrder(answer));
    }

    /// <summary>How far an order is.</summary>
    public async Task<OrderResource> GetOrderAsync(Uri order, CancellationToken cancellationToken) =>
        ReadOrder(await _client.PostAsync(this, order, PostAsGet, cancellationToken));

    /// <summary>How far an authorization is, and its challenges.</summary>
    public async Task<AuthorizationResource> GetAuthorizationAsync(Uri authorization, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync(this, authorization, PostAsGet, cancellationToken);
        return answer.Read(AcmeJson.Default.AuthorizationResource) with { RetryAfter = answer.RetryAfter };
    }

    /// <summary>Takes an authorization back, so that the next order needs a new proof.</summary>
    public Task DeactivateAuthorizationAsync(Uri authorization, CancellationToken cancellationToken) =>
        PostAsync(authorization, new() { Status = "deactivated" }, AcmeJson.Default.AccountUpdateRequest, cancellationToken);

    /// <summary>Tells the authority that a challenge is met and may be looked at.</summary>
    public Task AnswerChallengeAsync(Uri challenge, CancellationToken cancellationToken) =>
        _client.PostAsync(this, challenge, "{}"u8.ToArray(), cancellationToken);

    /// <summary>Brings the certificate request of an order that is ready.</summary>
    public async Task<OrderResource> FinalizeAsync(Uri order, Uri finalize, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await PostAsync(finalize, new(Base64Url.EncodeToString(request)), AcmeJson.Default.FinalizeRequest, cancellationToken);
            return ReadOrder(answer);
        }
        catch (AcmeProblemException unready) when (unready.Kind == ProblemKinds.OrderNotReady)
        {
            // So it is said when an answer got lost and the request was sent again: the order tells how far it is.
            var now = await GetOrderAsync(order, cancellationToken);
            if (now.Status is OrderStatus.Processing or OrderStatus.Valid)
                return now;
            throw;
        }
    }

    /// <summary>Fetches a certificate with the chain the authority puts first.</summary>
    public async Task<CertificateChain> DownloadAsync(Uri certificate, CancellationToken cancellationToken) =>
        CertificateChain.Read(await _client.PostAsync(this, certificate, PostAsGet, cancellationToken));

    /// <summary>Fetches a certificate with all chains the authority has for it, its first choice first (RFC 8555 section 7.4.2).</summary>
    public async Task<IReadOnlyList<CertificateChain>> DownloadAllAsync(Uri certificate, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync(this, certificate, PostAsGet, cancellationToken);
        List<CertificateChain> chains = [CertificateChain.Read(answer)];
        foreach (var alternate in answer.Alternates)
            chains.Add(await DownloadAsync(alternate, cancellationToken));
        return chains;
    }

    /// <summary>Revokes a certificate this account ordered, or could order.</summary>
    public async Task RevokeAsync(X509Certificate2 certificate, RevocationReason? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var url = (await _client.GetDirectoryAsync(cancellationToken)).RevokeCert;
        await _client.PostAsync(this, url, AcmeClient.RevokePayload(certificate, reason), cancellationToken);
    }

    // RFC 8555 section 6.3: what is only read is asked for with an empty payload.
    private static byte[] PostAsGet => [];

    private static OrderResource ReadOrder(AcmeAnswer answer) => answer.Read(AcmeJson.Default.OrderResource) with { RetryAfter = answer.RetryAfter };

    private Task<AcmeAnswer> PostAsync<T>(Uri url, T payload, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _client.PostAsync(this, url, JsonSerializer.SerializeToUtf8Bytes(payload, type), cancellationToken);
}
