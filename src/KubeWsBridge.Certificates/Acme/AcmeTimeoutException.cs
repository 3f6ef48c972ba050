namespace KubeWsBridge.Certificates.Acme;

/// <summary>An order was not through by its deadline.</summary>
/// <param name="step">What it was doing, as a clause that follows "while".</param>
/// <param name="deadline">How long it had.</param>
public sealed class AcmeTimeoutException(string step, TimeSpan deadline)
    : AcmeException($"The order was given up after {deadline.TotalSeconds:0} s, while {step}. What it has got to is kept for the next attempt.");
