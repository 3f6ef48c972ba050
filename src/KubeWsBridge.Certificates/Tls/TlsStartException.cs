namespace KubeWsBridge.Certificates.Tls;

/// <summary>Certificates or settings that can't be used; each reason is a sentence that says what to do.</summary>
public sealed class TlsStartException(params IReadOnlyList<string> reasons) : Exception(string.Join(' ', reasons))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Reasons => reasons;
}
