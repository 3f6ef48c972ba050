using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Answers to challenges where every replica finds them, since the authority may reach any of them.</summary>
/// <param name="storage">Where they are.</param>
/// <param name="time">The clock.</param>
public sealed class StoredChallengeAnswers(ICertificateStorage storage, TimeProvider time) : IChallengeAnswers
{
    private const string Parent = "challenges";
    private const string File = "answer.txt";

    // Strangers may ask for anything as often as they like, and a storage may be a server that others need too.
    private readonly PacedList _stored = new(storage, Parent, time);

    // What this process put there itself it need not read.
    private readonly ChallengeAnswers _own = new();

    /// <inheritdoc/>
    public async Task PutAsync(string subject, string answer, CancellationToken cancellationToken)
    {
        await _own.PutAsync(subject, answer, cancellationToken);
        await storage.WriteAsync(BundleOf(subject), new Dictionary<string, string> { [File] = answer }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string subject, CancellationToken cancellationToken)
    {
        await _own.RemoveAsync(subject, cancellationToken);
        await storage.DeleteAsync(BundleOf(subject), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string subject, CancellationToken cancellationToken)
    {
        if (await _own.FindAsync(subject, cancellationToken) is { } own)
            return own;
        try
        {
            if (!(await _stored.ReadAsync(cancellationToken)).Contains(BundleOf(subject)))
                return null;
            return (await storage.ReadAsync(BundleOf(subject), cancellationToken))?.Files.GetValueOrDefault(File);
        }
        catch (StorageException)
        {
            return null; // whoever owns the order logs what is wrong with the storage
        }
    }

    // What strangers ask for is hashed, so that it can't name anything else in the storage.
    private static string BundleOf(string subject) => $"{Parent}/{Issuer.Hash(subject)}";
}
