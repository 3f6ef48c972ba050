namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Shows the answers to one type of challenge to the authority.</summary>
public interface IChallengeSolver
{
    /// <summary>The challenge's name, for example http-01.</summary>
    string Type { get; }

    /// <summary>Shows the answer.</summary>
    Task PresentAsync(PresentedChallenge challenge, CancellationToken cancellationToken);

    /// <summary>Waits until the authority can see the answer, where that takes time.</summary>
    Task WaitAsync(PresentedChallenge challenge, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes the answer away; harmless when it is not there.</summary>
    Task CleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken);
}
