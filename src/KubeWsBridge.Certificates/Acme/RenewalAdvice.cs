using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>When an authority wants a certificate renewed.</summary>
/// <param name="Window">The time to renew in.</param>
/// <param name="AskAgain">How long this answer is good for.</param>
/// <param name="Explanation">A page that says why, when the window is unusual.</param>
public sealed record RenewalAdvice(RenewalWindow Window, TimeSpan AskAgain, Uri? Explanation)
{
    // RFC 9773 section 4.3.2: bounds against servers that say nonsense, and six hours when they say nothing.
    internal static TimeSpan Bound(TimeSpan? retryAfter) =>
        TimeSpan.FromSeconds(Math.Clamp((retryAfter ?? TimeSpan.FromHours(6)).TotalSeconds, 60, 86_400));
}
