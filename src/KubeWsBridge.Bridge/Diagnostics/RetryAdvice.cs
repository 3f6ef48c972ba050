namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>What a refused client should do next.</summary>
public enum RetryAdvice
{
    /// <summary>The same request will be refused again.</summary>
    Never,

    /// <summary>Room may come soon: HTTP answers carry <c>Retry-After</c> with jitter.</summary>
    Soon,

    /// <summary>Reconnecting at once is fine.</summary>
    Now,
}
