using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;

namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>What tests against a pebble have in common: an account, solvers, an order.</summary>
public abstract class PebbleTests : IDisposable
{
    private protected PebbleTests(PebbleFixture pebble)
    {
        Pebble = pebble;
        Client = pebble.Server.Client();
        Dns = new(pebble.Server);
    }

    private protected static CancellationToken None => CancellationToken.None;

    private protected static AccountRequest Agreeing { get; } = new() { Contacts = ["mailto:admin@example.com"], TermsAgreed = true };

    private protected PebbleFixture Pebble { get; }

    private protected AcmeClient Client { get; }

    private protected PebbleDns Dns { get; }

    private protected MemoryJournal Journal { get; } = new();

    private protected List<OrderEvent> Events { get; } = [];

    /// <summary>Names of the test's own: pebble lets no test take over another's authorizations then.</summary>
    private protected string Name { get; } = $"t{Guid.NewGuid():N}.example.com";

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<AcmeAccount> NewAccountAsync() => Client.OpenAccountAsync(AccountKey.Create(), Agreeing, None);

    private protected IChallengeSolver Solver(string type) => type switch
    {
        ChallengeTypes.Http01 => new Http01Solver(Pebble.Listeners.Answers),
        ChallengeTypes.TlsAlpn01 => new TlsAlpn01Solver(Pebble.Listeners.Answers),
        _ => new Dns01Solver(Dns),
    };

    private protected OrderFlow Flow(
        AcmeAccount account, IChallengeSolver solver, CertificateKeyType keyType = CertificateKeyType.P256, string? chain = null)
    {
        var options = new OrderFlowOptions { Deadline = TimeSpan.FromMinutes(2), FirstPoll = TimeSpan.FromMilliseconds(20), PreferredChain = chain };
        return new(account, [solver], Journal, new KeySource(keyType), options, report: Events.Add);
    }

    private protected static OrderRequest Order(params string[] names) => new() { Identifiers = [.. names.Select(Identifier.Parse)] };

    /// <summary>Fails unless the certificate is good for the names, under the authority's root.</summary>
    private protected async Task AssertTrustedAsync(IssuedCertificate issued, params string[] names)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(await Pebble.Server.RootAsync());
        chain.ChainPolicy.ExtraStore.AddRange(issued.Chain.Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(issued.Chain.Leaf), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.All(names, name => Assert.True(issued.Chain.Leaf.MatchesHostname(name.Replace("*", "any", StringComparison.Ordinal))));

        // Throws unless the key is the certificate's.
        using var together = X509Certificate2.CreateFromPem(issued.Chain.Pem, issued.KeyPem);
        Assert.True(together.HasPrivateKey);
    }
}
