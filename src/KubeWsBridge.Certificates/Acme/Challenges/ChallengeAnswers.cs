using System.Collections.Concurrent;

namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Answers in this process's memory.</summary>
public sealed class ChallengeAnswers : IChallengeAnswers
{
    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task PutAsync(string subject, string answer, CancellationToken cancellationToken)
    {
        _answers[subject] = answer;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string subject, CancellationToken cancellationToken)
    {
        _answers.TryRemove(subject, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindAsync(string subject, CancellationToken cancellationToken) => new(_answers.GetValueOrDefault(subject));
}
