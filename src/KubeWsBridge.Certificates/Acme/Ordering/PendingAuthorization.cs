using KubeWsBridge.Certificates.Acme.Challenges;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>An authorization that is missing, and the challenge chosen for it.</summary>
/// <param name="Url">The authorization.</param>
/// <param name="ChallengeUrl">Where the authority is told that it may look.</param>
/// <param name="Challenge">The challenge with its answer.</param>
internal sealed record PendingAuthorization(Uri Url, Uri ChallengeUrl, PresentedChallenge Challenge);
