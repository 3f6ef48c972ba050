namespace KubeWsBridge.Configuration.Options;

/// <summary>When a changed value takes effect.</summary>
internal enum OptionEffect
{
    /// <summary>For new sessions, as soon as the configuration is read again.</summary>
    Live,

    /// <summary>After a restart.</summary>
    RestartNeeded,

    /// <summary>Never in this version: setting it is an error.</summary>
    NotYet,
}
