using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>A program that was started for a measurement, its output in a file; ended by its id, and at the latest when the benchmark ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly List<ChildProcess> Living = [];
    private readonly Process _process;
    private readonly string _log;

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        lock (Living)
        {
            foreach (var child in Living)
                _ = Libc.SendSignal(child.Id, Libc.Kill);
        }
    };

    /// <summary>Starts it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Where its output is kept.</param>
    public ChildProcess(IReadOnlyList<string> command, string folder)
    {
        _log = Path.Combine(folder, $"{Path.GetFileName(command[0])}-{Guid.NewGuid():N}.log");
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", _log, .. command]))!;
        lock (Living)
            Living.Add(this);
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until it accepts connections.</summary>
    /// <exception cref="BenchmarkException">It ended, or took too long; the message has its last words.</exception>
    public void WaitListening(int port)
    {
        for (var begin = Stopwatch.GetTimestamp(); ; Thread.Sleep(1))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(begin) < Patience)
            {
            }
            catch (SocketException)
            {
                throw new BenchmarkException($"{_process.StartInfo.ArgumentList[4]} does not listen: {LastWords()}");
            }
        }
    }

    /// <summary>Ends it in order, or at once when that takes too long; a second time does nothing.</summary>
    public void Dispose()
    {
        lock (Living)
        {
            if (!Living.Remove(this))
                return;
        }

        _ = Libc.SendSignal(Id, Libc.Terminate);
        if (!_process.WaitForExit(Patience))
            _ = Libc.SendSignal(Id, Libc.Kill);
        _process.WaitForExit();
        _process.Dispose();
    }

    private string LastWords() => File.Exists(_log) ? string.Join(' ', File.ReadLines(_log).TakeLast(3)) : "(no output)";
}
