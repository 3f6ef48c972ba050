using System.Diagnostics;

namespace KubeWsBridge.Certificates.Tests;

/// <summary>This test assembly running as a program (<see cref="TestProgram"/>), which is killed at the end if not before.</summary>
internal sealed class PlayerProcess(params IEnumerable<string> arguments) : IDisposable
{
    private readonly Process _process = Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(PlayerProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true })!;

    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException("The player has ended.");

    /// <summary>Ends it with SIGKILL, which it can do nothing about.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
