using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Ordering;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Tells logs and metrics what happens to one certificate.</summary>
internal sealed class LifeReport(ManagedCertificate managed, ILogger logger, CertificateMetrics metrics)
{
    private readonly string _names = string.Join(", ", managed.Names);

    public void Serving(StoredCertificate certificate)
    {
        metrics.Swapped(managed.Id, certificate.NotAfter);
        LifeLog.Serving(logger, _names, certificate.Leaf.SerialNumber, certificate.Record.Issuer.Host, certificate.NotAfter);
    }

    public void Nothing() => LifeLog.Nothing(logger, _names);

    public void Due(DateTimeOffset notAfter) => LifeLog.Due(logger, _names, notAfter);

    public void Elsewhere() => LifeLog.Elsewhere(logger, _names);

    public void OrderSucceeded(Issuer issuer, TimeSpan duration) => metrics.Ordered(issuer.Directory.Host, "issued", duration);

    public void OrderFailed(Issuer issuer, TimeSpan duration, Exception failure)
    {
        metrics.Ordered(issuer.Directory.Host, "failed", duration);
        LifeLog.OrderFailed(logger, issuer.Directory.Host, _names, failure.Message, failure is AcmeException ? null : failure);
    }

    public void BackingOff(Attempts attempts, bool isServing) =>
        LifeLog.BackingOff(
            logger, attempts.Failures, _names, attempts.RetryAt, isServing ? "the old certificate is served on" : "there is none to serve yet");

    public void Waiting(Attempts attempts) => LifeLog.Waiting(logger, _names, attempts.RetryAt, attempts.Failures, attempts.LastError ?? "");

    public void Fault(Exception fault) => LifeLog.Fault(logger, _names, fault.Message, fault);

    public void Damaged(Exception damage) => LifeLog.Damaged(logger, _names, damage.Message);

    public void Advised(RenewalAdvice advice) =>
        LifeLog.Advised(logger, _names, advice.Window.Start, advice.Window.End, advice.Explanation is null ? "" : $" It says why at {advice.Explanation}.");

    public void AdviceFailed(Exception failure) => LifeLog.AdviceFailed(logger, _names, failure.Message);

    public void OrderStep(OrderEvent step)
    {
        metrics.Stepped(step.Step);
        var level = step.Step switch
        {
            Acme.Ordering.OrderStep.CleanUpFailed or Acme.Ordering.OrderStep.NotWrittenDown or Acme.Ordering.OrderStep.ChainNotOffered => LogLevel.Warning,
            Acme.Ordering.OrderStep.Ordered or Acme.Ordering.OrderStep.Resumed or Acme.Ordering.OrderStep.Issued => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        LifeLog.OrderStep(logger, level, step);
    }
}
