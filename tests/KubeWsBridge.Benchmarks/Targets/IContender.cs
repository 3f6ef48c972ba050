namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>Something that can be measured: the bridge in one build, or a peer.</summary>
internal interface IContender
{
    /// <summary>How reports call it.</summary>
    string Name { get; }

    /// <summary>Whether it can have this handler behind it.</summary>
    bool Takes(Handler handler);

    /// <summary>Starts it on a free port of the loopback, with the handler behind it.</summary>
    ITarget Start(Handler handler);
}
