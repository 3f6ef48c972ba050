using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets.Tls;

/// <summary>A running nginx and the bridge behind it; what they use is counted together.</summary>
internal sealed class TlsNginxTarget : ITarget
{
    private readonly BridgeTarget _bridge;
    private readonly ChildProcess _nginx;

    /// <summary>Starts nginx and waits until it listens; the bridge is this instance's then.</summary>
    public TlsNginxTarget(BridgeTarget bridge, Func<int, string[]> command, string folder)
    {
        (_bridge, Port) = (bridge, ChildProcess.FreePort());
        _nginx = new ChildProcess(command(Port), folder);
        try
        {
            _nginx.WaitListening(Port);
        }
        catch
        {
            _nginx.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Port { get; }

    /// <inheritdoc/>
    public Wire Wire => Wire.WebSocket;

    /// <inheritdoc/>
    public CpuTimes Cpu()
    {
        var nginx = ProcFiles.Tree(_nginx.Id).Select(ProcFiles.Cpu).Aggregate(TimeSpan.Zero, (sum, times) => sum + times.Own + times.Reaped);
        var bridge = _bridge.Cpu();
        return bridge with { Target = bridge.Target + nginx };
    }

    /// <inheritdoc/>
    public void WaitIdle() => _bridge.WaitIdle();

    /// <inheritdoc/>
    public void Dispose()
    {
        _nginx.Dispose();
        _bridge.Dispose();
    }
}
