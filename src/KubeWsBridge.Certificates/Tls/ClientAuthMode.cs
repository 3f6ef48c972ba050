namespace KubeWsBridge.Certificates.Tls;

/// <summary>What is asked of client certificates.</summary>
public enum ClientAuthMode
{
    /// <summary>Nothing; none is asked for.</summary>
    None,

    /// <summary>One is asked for; none is as good as any.</summary>
    Request,

    /// <summary>There must be one; any will do.</summary>
    Require,

    /// <summary>There may be none, but one that is given must be good.</summary>
    VerifyIfGiven,

    /// <summary>There must be one, and it must be good.</summary>
    RequireAndVerify,
}
