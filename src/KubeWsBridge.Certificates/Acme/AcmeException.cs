namespace KubeWsBridge.Certificates.Acme;

/// <summary>Something about certificates from an authority went wrong; the message says what, and what to do.</summary>
public class AcmeException : Exception
{
    /// <summary>Says what went wrong.</summary>
    public AcmeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>How long the authority wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
