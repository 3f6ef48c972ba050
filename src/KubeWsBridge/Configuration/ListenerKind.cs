namespace KubeWsBridge.Configuration;

/// <summary>What a listener does with those who connect.</summary>
internal enum ListenerKind
{
    /// <summary>Serves them without TLS.</summary>
    Plain,

    /// <summary>Serves them over TLS.</summary>
    Tls,

    /// <summary>Sends them, without TLS, to the listener with TLS.</summary>
    Redirect,

    /// <summary>Answers authorities that look for http-01 challenges, and nobody else.</summary>
    Challenge,
}
