using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

/// <summary>The rules of objects, as far as this product comes near them.</summary>
internal static partial class FakeValidation
{
    private const int MaxSecretSize = 1 << 20;

    /// <summary>What is wrong with an object; null when nothing is.</summary>
    public static string? FlawOf(JsonObject item, string kind)
    {
        var metadata = item["metadata"]!.AsObject();
        var name = (string?)metadata["name"] ?? "";
        if (name.Length > 253 || !Subdomain().IsMatch(name))
            return $"metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'";
        foreach (var (key, value) in metadata["labels"]?.AsObject() ?? [])
            if (!Qualified().IsMatch(key) || (string)value! is not { Length: <= 63 } label || !LabelValue().IsMatch(label))
                return $"metadata.labels: Invalid value: \"{value}\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'";
        foreach (var (key, _) in metadata["annotations"]?.AsObject() ?? [])
            if (!Qualified().IsMatch(key))
                return $"metadata.annotations: Invalid value: \"{key}\"";
        return kind == "Secret" ? FlawOfSecret(item) : FlawOfLease(item);
    }

    private static string? FlawOfSecret(JsonObject secret)
    {
        var size = 0L;
        foreach (var (key, value) in secret["data"]?.AsObject() ?? [])
        {
            if (key.Length > 253 || !DataKey().IsMatch(key))
                return $"data[{key}]: Invalid value: \"{key}\": a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
            size += Convert.FromBase64String((string)value!).Length;
        }
        return size > MaxSecretSize ? $"data: Too long: may not be more than {MaxSecretSize} bytes" : null;
    }

    private static string? FlawOfLease(JsonObject lease)
    {
        if (lease["spec"] is not JsonObject spec)
            return null;
        if ((int?)spec["leaseDurationSeconds"] is <= 0 and var seconds)
            return $"spec.leaseDurationSeconds: Invalid value: {seconds}: must be greater than 0";
        if ((int?)spec["leaseTransitions"] is < 0 and var transitions)
            return $"spec.leaseTransitions: Invalid value: {transitions}: must be greater than or equal to 0";
        foreach (var time in new[] { "renewTime", "acquireTime" })
            if ((string?)spec[time] is { } text
                && !DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                throw FakeRefusalException.BadRequest(
                    $"Lease in version \"v1\" cannot be handled as a Lease: parsing time \"{text}\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse");
        return null;
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();

    [GeneratedRegex("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex Qualified();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex("^[-._a-zA-Z0-9]+$")]
    private static partial Regex DataKey();
}
