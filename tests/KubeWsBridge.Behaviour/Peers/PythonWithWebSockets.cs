namespace KubeWsBridge.Behaviour.PeerClients;

/// <summary>A Python that has the package websockets; the first in PATH may be one that Debian's packages do not reach.</summary>
public static class PythonWithWebSockets
{
    private static readonly Lazy<string> Found = new(() => Candidates().FirstOrDefault(Imports)
        ?? throw new FileNotFoundException("The tests need Python's 'websockets'. Install it with: apt-get install python3-websockets (tests/run.sh does)."));

    /// <summary>The interpreter.</summary>
    public static string Path => Found.Value;

    private static IEnumerable<string> Candidates() => ["/usr/bin/python3", Fixtures.Peers.Find("python3", "apt-get install python3 python3-websockets")];

    private static bool Imports(string python) =>
        File.Exists(python) && PeerProgram.RunAsync(python, "-c", "import websockets").GetAwaiter().GetResult().Status == 0;
}
