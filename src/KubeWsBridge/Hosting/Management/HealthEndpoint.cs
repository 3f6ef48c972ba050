using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeWsBridge.Hosting.Management;

/// <summary>A probe: runs the checks that carry its tag. Degraded counts as well, for it is a reason to look, not to restart or to leave.</summary>
internal sealed class HealthEndpoint(HealthCheckService checks, string tag)
{
    /// <summary>Answers 200 or 503, with one word or, for <c>?verbose</c>, with everything there is to know.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(tag), context.RequestAborted);
        var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        if (context.Request.Query.ContainsKey("verbose"))
            await ManagementAnswer.JsonAsync(context, status, Answer(report), ManagementJson.Default.HealthAnswer);
        else
            await ManagementAnswer.TextAsync(context, status, Word(report.Status));
    }

    private static HealthAnswer Answer(HealthReport report) => new(
        Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Answer(entry.Value), StringComparer.Ordinal));

    private static HealthCheckAnswer Answer(HealthReportEntry entry) => new(
        Word(entry.Status), entry.Description ?? entry.Exception?.Message,
        entry.Data.Count == 0 ? null : entry.Data.ToDictionary(fact => fact.Key, fact => Convert.ToString(fact.Value, CultureInfo.InvariantCulture) ?? ""));

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
