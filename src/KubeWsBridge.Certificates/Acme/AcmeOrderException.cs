using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>An order has failed for good; another one may be placed when the cause is mended.</summary>
/// <param name="message">What failed, and why.</param>
/// <param name="problem">What the authority found wrong.</param>
public sealed class AcmeOrderException(string message, ProblemDocument? problem = null) : AcmeException(message)
{
    /// <summary>What the authority found wrong; null when it did not say.</summary>
    public ProblemDocument? Problem { get; } = problem;
}
