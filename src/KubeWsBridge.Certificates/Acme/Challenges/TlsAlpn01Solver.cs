namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Answers tls-alpn-01 through whoever listens on port 443 and asks a <see cref="TlsAlpn01Responder"/>.</summary>
public sealed class TlsAlpn01Solver(IChallengeAnswers answers) : IChallengeSolver
{
    /// <inheritdoc/>
    public string Type => ChallengeTypes.TlsAlpn01;

    /// <inheritdoc/>
    public Task PresentAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        answers.PutAsync(TlsAlpn01Responder.ServerName(challenge.Identifier), challenge.KeyAuthorization, cancellationToken);

    /// <inheritdoc/>
    public Task CleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        answers.RemoveAsync(TlsAlpn01Responder.ServerName(challenge.Identifier), cancellationToken);
}
