using KubeWsBridge.Certificates.Acme;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Says when to try again after everything has failed.</summary>
internal static class BackOff
{
    private static readonly TimeSpan LongestWithoutCertificate = TimeSpan.FromHours(1);

    /// <summary>What is written down after another failure: a wait that doubles, and never less than what all authorities ask for.</summary>
    public static Attempts After(
        Attempts before, IReadOnlyDictionary<Issuer, Exception> failures, ManagedCertificate managed, bool isServing, LifeOptions options,
        DateTimeOffset now, double random)
    {
        var leaveAlone = before.LeaveAlone.Where(entry => entry.Value > now).ToDictionary();
        foreach (var (issuer, failure) in failures)
        {
            if (failure is AcmeException { RetryAfter: { } asked })
                leaveAlone[issuer.Key] = now + asked;
        }
        var retryAt = now + Wait(before.Failures, isServing, options) * (0.75 + random / 2);
        if (managed.Issuers.All(issuer => leaveAlone.ContainsKey(issuer.Key)) && leaveAlone.Values.Min() is var soonest && soonest > retryAt)
            retryAt = soonest;

        return new()
        {
            Failures = before.Failures + 1,
            RetryAt = retryAt,
            LeaveAlone = leaveAlone,
            LastError = string.Join(" ", failures.Values.Select(failure => failure.Message)),
        };
    }

    private static TimeSpan Wait(int failures, bool isServing, LifeOptions options)
    {
        var longest = isServing ? options.LongestBackOff : Min(LongestWithoutCertificate, options.LongestBackOff);
        return Min(options.FirstBackOff * Math.Pow(2, Math.Min(failures, 20)), longest);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
