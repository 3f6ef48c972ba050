namespace KubeWsBridge.Bridge.Metadata.ProxyProtocol;

/// <summary>How far the parser came.</summary>
public enum ProxyProtocolResult
{
    /// <summary>So far it is a header, but it goes on.</summary>
    NeedMore,

    /// <summary>A whole header was read.</summary>
    Ok,

    /// <summary>It starts as a header and breaks the rules.</summary>
    Invalid,

    /// <summary>It is no PROXY header at all.</summary>
    NotPresent,
}
