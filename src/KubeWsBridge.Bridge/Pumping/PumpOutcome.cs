namespace KubeWsBridge.Bridge.Pumping;

/// <summary>Why a pump stopped; blame follows position: reading blames the source, writing the sink.</summary>
internal enum PumpOutcome
{
    /// <summary>The source ended and everything it gave was written.</summary>
    SourceEnded,

    /// <summary>Reading failed; everything read before was written.</summary>
    SourceFailed,

    /// <summary>Writing failed.</summary>
    SinkFailed,
}
