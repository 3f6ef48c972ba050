namespace KubeWsBridge.Certificates.Acme;

/// <summary>The authority gave no usable answer, however often it was asked.</summary>
/// <param name="url">What was asked.</param>
/// <param name="attempts">How often.</param>
/// <param name="cause">What went wrong the last time.</param>
public sealed class AcmeUnreachableException(Uri url, int attempts, Exception cause)
    : AcmeException(
        $"The authority at {url.Authority} did not answer in {attempts} attempts: {cause.Message.TrimEnd('.')}. "
        + "Look at the network and the proxy settings; for a private authority, give the file with its root certificate.",
        cause);
