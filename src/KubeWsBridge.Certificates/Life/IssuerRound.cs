using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Orders a certificate from one authority after another until one gives it.</summary>
internal sealed class IssuerRound(
    ManagedCertificate managed, LifeState state, AccountDesk accounts, IReadOnlyList<IChallengeSolver> solvers, LifeSetup setup, LifeReport report)
{
    /// <summary>The certificate and who gave it, or null and what went wrong with each.</summary>
    public async Task<(IssuedCertificate? Issued, Issuer? Issuer, IReadOnlyDictionary<Issuer, Exception> Failures)> RunAsync(
        StoredCertificate? before, Attempts attempts, IKeySource keys, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<Issuer, Exception>();
        foreach (var issuer in managed.Issuers)
        {
            if (attempts.LeaveAlone.TryGetValue(issuer.Key, out var until) && until > setup.Time.GetUtcNow())
                continue;
            var began = setup.Time.GetTimestamp();
            try
            {
                var issued = await OrderAsync(issuer, before, attempts, keys, cancellationToken);
                report.OrderSucceeded(issuer, setup.Time.GetElapsedTime(began));
                return (issued, issuer, failures);
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was, also a fault in a DNS provider, the next authority may still give one, and this server goes on serving.
                report.OrderFailed(issuer, setup.Time.GetElapsedTime(began), failed);
                failures[issuer] = failed;
            }
        }
        return (null, null, failures);
    }

    private async Task<IssuedCertificate> OrderAsync(
        Issuer issuer, StoredCertificate? before, Attempts attempts, IKeySource keys, CancellationToken cancellationToken)
    {
        using var client = setup.CreateClient(issuer);
        using var deadline = new CancellationTokenSource(setup.Options.Orders.Deadline, setup.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var account = await accounts.OpenAsync(client, issuer, either.Token);
        var options = setup.Options.Orders with { PreferredChain = issuer.PreferredChain };
        var flow = new OrderFlow(account, Turned(attempts.Failures), state.JournalOf(issuer), keys, options, setup.Time, setup.Random, report.OrderStep);
        var request = new OrderRequest
        {
            Identifiers = managed.Names,
            Profile = issuer.Profile,
            Replaces = before is not null && before.Record.Issuer == issuer.Directory ? CertificateId.Of(before.Leaf) : null,
        };
        return await flow.RunAsync(request, cancellationToken);
    }

    // What did not work the last time may not work at all: where there are several kinds of challenges, each has its turn.
    private IReadOnlyList<IChallengeSolver> Turned(int failures) => [.. solvers.Skip(failures % solvers.Count), .. solvers.Take(failures % solvers.Count)];
}
