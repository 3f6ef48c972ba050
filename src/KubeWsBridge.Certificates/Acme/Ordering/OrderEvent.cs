namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>A step of an order, for logs and metrics.</summary>
/// <param name="Step">What happened.</param>
/// <param name="Subject">What it is about: a name, an order's URL.</param>
/// <param name="Detail">More of it, for example the challenge's type.</param>
/// <param name="Error">What went wrong, in steps that say so.</param>
public sealed record OrderEvent(OrderStep Step, string Subject, string Detail = "", Exception? Error = null)
{
    /// <summary>The step in a sentence.</summary>
    public override string ToString() => Step switch
    {
        OrderStep.Ordered => $"A certificate for {Detail} is ordered: {Subject}.",
        OrderStep.Resumed => $"The order {Subject} goes on; {Detail}.",
        OrderStep.Forgotten => $"The order {Subject} can't go on: {Detail}. Another is placed.",
        OrderStep.Presented => $"The answer to {Detail} for {Subject} is shown.",
        OrderStep.Authorized => $"Control of {Subject} is proved, {Detail}.",
        OrderStep.CleanedUp => $"The answer to {Detail} for {Subject} was taken away.",
        OrderStep.CleanUpFailed => $"The answer to {Detail} for {Subject} could not be taken away; the next attempt tries again. {Error?.Message}",
        OrderStep.Finalized => $"The certificate request was brought to the order {Subject}.",
        OrderStep.Issued => $"The order {Subject} gave the certificate {Detail}.",
        OrderStep.ChainNotOffered => $"No chain ends at \"{Subject}\"; the authority's first is taken. Offered are: {Detail}.",
        OrderStep.NotWrittenDown => $"The order {Subject} could not be written down: {Error?.Message}",
        _ => $"{Step}: {Subject} {Detail}",
    };
}
