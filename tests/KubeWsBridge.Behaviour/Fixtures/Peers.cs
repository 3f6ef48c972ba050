namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>Finds the programs the tests talk to. A missing one fails the test and says how to get it; tests never skip.</summary>
public static class Peers
{
    /// <summary>The Python interpreter; the system's own, because version managers put slow scripts in front of theirs.</summary>
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Find("python3", "apt-get install python3");

    /// <summary>A shell that knows /dev/tcp.</summary>
    public static string Bash { get; } = Find("bash", "apt-get install bash");

    /// <summary>The path of a program in PATH.</summary>
    public static string Find(string name, string install) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"The tests need '{name}'. Install it with: {install} (tests/run.sh does).");
}
