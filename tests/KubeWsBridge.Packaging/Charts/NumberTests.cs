using System.Text.RegularExpressions;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>Helm reads the numbers of a values file as floating point, and Go prints those from a million on as 1e+06, which Kubernetes takes for no whole number.</summary>
public sealed partial class NumberTests
{
    private const string Pod = """
        replicas: 1000000
        config: {maxConnections: 1100000, maxProcesses: 1200000, maxPayloadSize: 1300000, maxConnectionsPerAddress: 1400000, connectRate: 1500000}
        configRaw: {workerMemory: 1600000, tlsRenewalWindowRatio: 0.25}
        drain: {delay: 1700000, period: 1800000, workerGrace: 1900000, terminateGrace: 2000000}
        terminationGracePeriodSeconds: 9000000
        podSecurityContext: {runAsUser: 1000650000, runAsGroup: 1000660000, fsGroup: 1000670000}
        minReadySeconds: 2100000
        revisionHistoryLimit: 2200000
        probes: {readinessPeriod: 2300000, livenessPeriod: 2400000, startupSeconds: 2500000}
        pdb: {maxUnavailable: 2600000}
        """;

    private const string Fpm = """
        mode: fpm
        script: /a.php
        fpm: {image: {repository: a}, workers: 3000000, reserve: 1000000}
        replicas: 1200000
        pdb: {minAvailable: 1100000}
        """;

    private const string Scaling = "config: {maxConnections: 9000000}\nautoscaling: {enabled: true, minReplicas: 1000000, maxReplicas: 1100000, targetSessions: 1200000";

    [Theory]
    [InlineData(
        Pod, "replicas: 1000000", "maxConnections: 1100000", "maxProcesses: 1200000", "maxPayloadSize: 1300000", "maxConnectionsPerAddress: 1400000", "connectRate: 1500000",
        "workerMemory: 1600000", "tlsRenewalWindowRatio: 0.25", "drainDelay: 1700000s", "drainPeriod: 1800000s", "workerGrace: 1900000s", "terminateGrace: 2000000s", "drainTimeout: 5700000s",
        "gracePeriod: 9000000s", "terminationGracePeriodSeconds: 9000000", "runAsUser: 1000650000", "runAsGroup: 1000660000", "fsGroup: 1000670000", "minReadySeconds: 2100000",
        "revisionHistoryLimit: 2200000", "periodSeconds: 2300000", "periodSeconds: 2400000", "failureThreshold: 2500000", "maxUnavailable: 2600000")]
    [InlineData(
        Fpm, "pm.max_children = 3000000", "fastcgiWorkers: 3000000", "fastcgiReserve: 1000000", "maxConnections: 2000000", "maxProcesses: 2000000", "minAvailable: 1100000")]
    [InlineData(Scaling + "}", "minReplicas: 1000000", "maxReplicas: 1100000", "averageValue: \"1200000\"")]
    [InlineData(Scaling + ", kind: keda, keda: {serverAddress: a}}", "minReplicaCount: 1000000", "maxReplicaCount: 1100000", "threshold: \"1200000\"")]
    [InlineData("config: {connectRate: 0.5}", "connectRate: 0.5")]
    public async Task Number_OfAValuesFile_IsWrittenAsItIs(string values, params string[] lines)
    {
        var text = (await Chart.RenderAsync(values)).Succeeded();

        Assert.All(lines, line => Assert.Contains($" {line}\n", text, StringComparison.Ordinal));
        Assert.DoesNotMatch(Exponent(), text);
    }

    [Fact]
    public async Task Number_InAnotherChartsPod_IsWrittenAsItIs()
    {
        var text = (await Chart.RenderSiteAsync(
            "kubewsbridge: {fpm: {workers: 1000000}, podSecurityContext: {runAsUser: 1000650000, runAsGroup: 1000660000}, inject: {preStop: sleep}, drain: {period: 1100000}}")).Succeeded();

        foreach (var line in new[] { "pm.max_children = 1000000", "runAsUser: 1000650000", "runAsGroup: 1000660000", "seconds: 1100012", "terminationGracePeriodSeconds: 1100022" })
            Assert.Contains($" {line}\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Exponent(), text);
    }

    [Fact]
    public async Task Number_OfTheNotes_IsWrittenAsItIs() =>
        Assert.DoesNotMatch(Exponent(), await Chart.NotesAsync(Pod));

    [GeneratedRegex(@"\d[eE]\+\d")]
    private static partial Regex Exponent();
}
