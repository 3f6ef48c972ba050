using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Answers dns-01 by TXT records (RFC 8555 section 8.4). A name and its wildcard share one record, each with a value of its own.</summary>
public sealed class Dns01Solver(IDnsPublisher publisher) : IChallengeSolver
{
    /// <inheritdoc/>
    public string Type => ChallengeTypes.Dns01;

    /// <inheritdoc/>
    public Task PresentAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        publisher.AddAsync(Name(challenge), Value(challenge), cancellationToken);

    /// <inheritdoc/>
    public Task WaitAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        publisher.WaitAsync(Name(challenge), Value(challenge), cancellationToken);

    /// <inheritdoc/>
    public Task CleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        publisher.RemoveAsync(Name(challenge), Value(challenge), cancellationToken);

    private static string Name(PresentedChallenge challenge) => "_acme-challenge." + challenge.Identifier.Value;

    internal static string Value(PresentedChallenge challenge) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(challenge.KeyAuthorization)));
}
