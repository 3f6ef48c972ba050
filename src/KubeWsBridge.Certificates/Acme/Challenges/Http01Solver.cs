namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Answers http-01 through whoever listens on port 80 and asks an <see cref="Http01Responder"/>.</summary>
public sealed class Http01Solver(IChallengeAnswers answers) : IChallengeSolver
{
    /// <inheritdoc/>
    public string Type => ChallengeTypes.Http01;

    /// <inheritdoc/>
    public Task PresentAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        answers.PutAsync(challenge.Token, challenge.KeyAuthorization, cancellationToken);

    /// <inheritdoc/>
    public Task CleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken) =>
        answers.RemoveAsync(challenge.Token, cancellationToken);
}
