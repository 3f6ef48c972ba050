using System.Globalization;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Writes times as the API wants them in Leases: RFC 3339 with six digits of a second.</summary>
internal static class LeaseClock
{
    public static string Text(TimeProvider time) => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
