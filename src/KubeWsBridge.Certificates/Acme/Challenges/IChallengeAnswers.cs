namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Answers that a listener gives when the authority looks: in memory, or where all replicas find them.</summary>
public interface IChallengeAnswers
{
    /// <summary>Gives <paramref name="answer"/> from now on to who asks for <paramref name="subject"/>.</summary>
    /// <param name="subject">A token, or a server name.</param>
    /// <param name="answer">The key authorization.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task PutAsync(string subject, string answer, CancellationToken cancellationToken);

    /// <summary>Gives no answer any more.</summary>
    Task RemoveAsync(string subject, CancellationToken cancellationToken);

    /// <summary>The answer to give; null for none. What is asked for comes from strangers and may be anything.</summary>
    ValueTask<string?> FindAsync(string subject, CancellationToken cancellationToken);
}
