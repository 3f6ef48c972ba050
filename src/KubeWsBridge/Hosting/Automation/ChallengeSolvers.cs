using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Who meets the challenges that are configured.</summary>
internal sealed class ChallengeSolvers : IDisposable
{
    private readonly DnsPublisher? _dns;

    public ChallengeSolvers(AutomationSettings settings, ICertificateStorage storage, TimeProvider timeProvider, ILogger logger)
    {
        Answers = new StoredChallengeAnswers(storage, timeProvider);
        if (settings.Dns is { } dns)
        {
            // A journal for each certificate: who holds its lock may clean up after whoever held it before, and after nobody else.
            var id = settings.Certificate.Id;
            IDnsJournal journal = settings.Storage.Directory is { } directory
                ? new FileDnsJournal(Path.Combine(directory, "dns", id))
                : new StoredDnsJournal(storage, $"dns/{id}");
            _dns = new DnsPublisher(dns, journal, timeProvider, logger);
        }

        All = [.. settings.Challenges.Select(Solver)];
    }

    /// <summary>Answers that listeners give.</summary>
    public StoredChallengeAnswers Answers { get; }

    /// <summary>Them, the preferred first.</summary>
    public IReadOnlyList<IChallengeSolver> All { get; }

    /// <inheritdoc/>
    public void Dispose() => _dns?.Dispose();

    private IChallengeSolver Solver(string type) => type switch
    {
        ChallengeTypes.TlsAlpn01 => new TlsAlpn01Solver(Answers),
        ChallengeTypes.Dns01 => new Dns01Solver(_dns!),
        _ => new Http01Solver(Answers),
    };
}
