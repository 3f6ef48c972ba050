namespace KubeWsBridge.Configuration.Options;

/// <summary>The chapters of the option table.</summary>
internal enum OptionGroup
{
    /// <summary>What nearly everybody sets.</summary>
    Core,

    /// <summary>Sizes of the WebSocket side.</summary>
    WebSocket,

    /// <summary>Certificates and encryption.</summary>
    Tls,

    /// <summary>Everything the ancestor did not have.</summary>
    Extra,
}
