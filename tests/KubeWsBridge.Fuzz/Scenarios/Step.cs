namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>One thing a client does.</summary>
/// <param name="Kind">What.</param>
/// <param name="Amount">Bytes, milliseconds or pongs.</param>
internal readonly record struct Step(StepKind Kind, int Amount = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        StepKind.Send => $"send {Amount}",
        StepKind.Pause => $"pause {Amount} ms",
        StepKind.Stall => $"read nothing for {Amount} ms",
        StepKind.AwaitUpgrade => "await the answer to the handshake",
        StepKind.AwaitData => $"await {Amount} bytes of data",
        _ => $"await {Amount} pongs",
    };
}
