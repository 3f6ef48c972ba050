namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>A step of an order, for logs and metrics.</summary>
/// <param name="Step">What happened.</param>
/// <param name="Subject">What it is about: a name, an order's URL.</param>
/// <param name="Detail">More of it, for example the challenge's type.</param>
/// <param name="Error">What went wrong, in steps that say so.</param>
public sealed record OrderEvent(OrderStep Step, string Subject, string Detail = "", Exception? Error = null);
