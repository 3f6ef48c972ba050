using System.Globalization;

namespace KubeWsBridge.Behaviour.Malformed;

/// <summary>What the kernel says that a process holds.</summary>
public static class ProcessWatch
{
    /// <summary>Open sockets, pipes and the kernel's own kinds, counted; files are left out, for the runtime opens its libraries when it needs them.</summary>
    public static string Descriptors(int processId) => string.Join(", ", Directory.GetFileSystemEntries($"/proc/{processId}/fd")
        .Select(link => new FileInfo(link).LinkTarget ?? "")
        .Where(target => target.Contains(":[", StringComparison.Ordinal))
        .GroupBy(target => target.StartsWith("anon_inode", StringComparison.Ordinal) ? target : target.Split(':')[0])
        .OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind => $"{kind.Count()} x {kind.Key}"));

    /// <summary>How many processes are its children, the ones that have ended and were not waited for among them.</summary>
    public static int Children(int processId) => Directory.GetDirectories("/proc").Count(folder => ParentOf(folder) == processId);

    private static int ParentOf(string folder)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            return 0;
        try
        {
            // The name, in parentheses, may have anything in it; behind it stand the state and the parent.
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0; // gone meanwhile
        }
    }
}
