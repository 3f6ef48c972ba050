using System.Globalization;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>
/// Has the kernel end a worker before the bridge when memory runs out (proc(5), oom_score_adj): losing one session is better than losing all.
/// </summary>
internal static class OomScore
{
    // In thousandths of the memory limit, which a worker seems to use more than it does. Children inherit it.
    private const int Above = 300;
    private const int Most = 1000;
    private static readonly string? Raised = Read();

    /// <summary>Raises that of a process, if it can be raised.</summary>
    public static void Raise(int processId)
    {
        if (Raised is null)
            return;
        try
        {
            File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/oom_score_adj"), Raised);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended already, or belongs to somebody else, or /proc is closed to us: it is as likely to be ended as the bridge then.
        }
    }

    private static string? Read()
    {
        try
        {
            var own = int.Parse(File.ReadAllText("/proc/self/oom_score_adj"), CultureInfo.InvariantCulture);
            return own < Most ? Math.Min(own + Above, Most).ToString(CultureInfo.InvariantCulture) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
