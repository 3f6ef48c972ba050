using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>A certificate authority that speaks ACME (RFC 8555), and what can be asked of it without an account.</summary>
public sealed class AcmeClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly AcmeSender _sender;
    private readonly Uri _directoryUrl;
    private DirectoryResource? _directory;

    /// <summary>Sends nothing yet.</summary>
    /// <param name="options">Where the authority is, and how it is talked to.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="random">Gives numbers from 0 up to 1, by which waits vary.</param>
    /// <param name="handler">What sends requests, given away; null for the network.</param>
    public AcmeClient(AcmeClientOptions options, TimeProvider? time = null, Func<double>? random = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _directoryUrl = options.Directory;
        _http = AcmeHttp.Create(options, handler);
        _sender = new(_http, options, time ?? TimeProvider.System, random ?? Random.Shared.NextDouble);
    }

    /// <summary>What the authority offers; asked once.</summary>
    public async Task<DirectoryResource> GetDirectoryAsync(CancellationToken cancellationToken)
    {
        if (_directory is { } known)
            return known;
        var answer = await _sender.GetAsync(_directoryUrl, cancellationToken);
        var directory = answer.Read(AcmeJson.Default.DirectoryResource);
        _sender.NewNonce = directory.NewNonce;
        return _directory = directory;
    }

    /// <summary>Makes an account for the key, or opens the one the key has already (RFC 8555 section 7.3).</summary>
    public async Task<AcmeAccount> OpenAccountAsync(AccountKey key, AccountRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(request);
        var url = (await GetDirectoryAsync(cancellationToken)).NewAccount;
        var payload = new NewAccountRequest
        {
            Contact = request.Contacts.Count == 0 ? null : request.Contacts,
            TermsOfServiceAgreed = request.TermsAgreed ? true : null,
            ExternalAccountBinding = request.ExternalAccount is { } external ? Bind(key, external, url) : null,
        };
        return await NewAccountAsync(key, url, payload, cancellationToken);
    }

    /// <summary>Opens the account the key has, or returns null when it has none.</summary>
    public async Task<AcmeAccount?> FindAccountAsync(AccountKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var url = (await GetDirectoryAsync(cancellationToken)).NewAccount;
        try
        {
            return await NewAccountAsync(key, url, new() { OnlyReturnExisting = true }, cancellationToken);
        }
        catch (AcmeProblemException unknown) when (unknown.Kind == ProblemKinds.AccountDoesNotExist)
        {
            return null;
        }
    }

    /// <summary>Takes an account's URL as known from before, without asking.</summary>
    public AcmeAccount UseAccount(AccountKey key, Uri url) => new(this, key, url);

    /// <summary>Revokes a certificate by its own key, which needs no account (RFC 8555 section 7.6).</summary>
    public async Task RevokeAsync(
        X509Certificate2 certificate, AccountKey certificateKey, RevocationReason? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(certificateKey);
        var url = (await GetDirectoryAsync(cancellationToken)).RevokeCert;
        var payload = RevokePayload(certificate, reason);
        await _sender.PostAsync(url, nonce => Jws.SignWithJwk(certificateKey, url, nonce, payload), cancellationToken);
    }

    /// <summary>When the authority wants the certificate renewed (RFC 9773); null when it does not say such things.</summary>
    public async Task<RenewalAdvice?> GetRenewalAdviceAsync(CertificateId certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var directory = await GetDirectoryAsync(cancellationToken);
        if (directory.RenewalInfo is null)
            return null;
        var url = new Uri($"{directory.RenewalInfo.AbsoluteUri.TrimEnd('/')}/{certificate.Text}");
        var answer = await _sender.GetAsync(url, cancellationToken);
        var info = answer.Read(AcmeJson.Default.RenewalInfoResource);
        if (info.SuggestedWindow.End <= info.SuggestedWindow.Start)
            throw new AcmeProtocolException(url, "has a window that ends before it begins");
        return new(info.SuggestedWindow, RenewalAdvice.Bound(answer.RetryAfter), info.ExplanationUrl);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    internal async Task<AcmeAnswer> PostAsync(AcmeAccount account, Uri url, byte[] payload, CancellationToken cancellationToken)
    {
        await GetDirectoryAsync(cancellationToken); // nonces come from there
        return await _sender.PostAsync(url, nonce => Jws.SignWithKid(account.Key, account.Url.AbsoluteUri, url, nonce, payload), cancellationToken);
    }

    internal static byte[] RevokePayload(X509Certificate2 certificate, RevocationReason? reason) =>
        JsonSerializer.SerializeToUtf8Bytes(new(Base64Url.EncodeToString(certificate.RawDataMemory.Span), (int?)reason), AcmeJson.Default.RevokeRequest);

    private async Task<AcmeAccount> NewAccountAsync(AccountKey key, Uri url, NewAccountRequest request, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(request, AcmeJson.Default.NewAccountRequest);
        var answer = await _sender.PostAsync(url, nonce => Jws.SignWithJwk(key, url, nonce, payload), cancellationToken);
        return new(this, key, answer.RequireLocation());
    }

    // RFC 8555 section 7.3.4: the external account signs the ACME account's public key.
    private static JsonElement Bind(AccountKey key, ExternalAccount external, Uri newAccount)
    {
        var jws = Jws.SignWithKid(external, external.KeyId, newAccount, nonce: null, System.Text.Encoding.ASCII.GetBytes(key.Jwk));
        using var document = JsonDocument.Parse(jws);
        return document.RootElement.Clone();
    }
}
