namespace KubeWsBridge.Benchmarks.Results;

/// <summary>Something that is measured.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Title">Its name in tables, with the unit.</param>
/// <param name="Digits">Digits behind the point.</param>
internal sealed record Metric(string Key, string Title, int Digits)
{
    public static Metric Rate { get; } = new("messagesPerSecond", "Messages/s", 0);
    public static Metric Megabytes { get; } = new("megabytesPerSecond", "MB/s each way", 1);
    public static Metric CpuPerMessage { get; } = new("cpuMicrosecondsPerMessage", "CPU per message, µs", 2);
    public static Metric P50 { get; } = new("p50Milliseconds", "p50, ms", 3);
    public static Metric P99 { get; } = new("p99Milliseconds", "p99, ms", 3);
    public static Metric Max { get; } = new("maxMilliseconds", "Longest, ms", 1);
    public static Metric Answers { get; } = new("answersPerSecond", "Answers/s", 0);
    public static Metric Connects { get; } = new("connectsPerSecond", "Connections/s", 1);
    public static Metric CpuPerConnection { get; } = new("cpuMillisecondsPerConnection", "CPU per connection, ms (workers apart)", 2);
    public static Metric WorkerCpu { get; } = new("workerCpuMillisecondsPerConnection", "Worker's CPU per connection, ms", 2);
    public static Metric TreeCpu { get; } = new("treeCpuMillisecondsPerConnection", "CPU per connection, bridge and workers, ms", 2);
    public static Metric PerIdleWorker { get; } = new("perIdleWorkerMiB", "Memory per idle worker, PSS in MiB", 2);
    public static Metric Base { get; } = new("baseMiB", "Bridge without sessions, PSS in MiB", 1);
    public static Metric PerSession { get; } = new("perSessionKiB", "Bridge per idle session, PSS in KiB", 1);
    public static Metric PerWorker { get; } = new("perWorkerKiB", "Worker, PSS in KiB", 0);
    public static Metric After { get; } = new("afterMiB", "Bridge after they left, PSS in MiB", 1);
    public static Metric Settled { get; } = new("settledSeconds", "Back within 20 % of that without sessions after, s (waited for 30 s, when quick 1)", 1);
    public static Metric Descriptors { get; } = new("descriptorsPerSession", "Descriptors per session", 2);
    public static Metric Opened { get; } = new("opensPerSecond", "Sessions opened/s", 0);
    public static Metric Handshakes { get; } = new("handshakesPerSecond", "Handshakes/s", 0);
    public static Metric CpuPerHandshake { get; } = new("cpuMillisecondsPerHandshake", "CPU per handshake, ms", 3);
    public static Metric CpuPerGibibyte { get; } = new("cpuSecondsPerGibibyte", "CPU per GiB of messages, s", 2);
    public static Metric StartTime { get; } = new("startMilliseconds", "Start to listening, ms", 0);
}
