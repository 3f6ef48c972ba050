using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Auto;

/// <summary>The <c>auto</c> launcher: one of the others, chosen while sessions are served by process already.</summary>
/// <param name="choice">Chooses.</param>
/// <param name="process">Serves until it is decided.</param>
/// <param name="tell">Hears the launcher's name and why it was chosen.</param>
[SupportedOSPlatform("linux")]
internal sealed class AutoLauncher(AutoChoice choice, ILauncher process, Action<string, string> tell) : ILauncher
{
    private readonly CancellationTokenSource _stopping = new();
    private volatile ILauncher _chosen = process;
    private readonly Lock _lock = new();
    private bool _isRetired;
    private Task _choosing = Task.CompletedTask;

    /// <inheritdoc/>
    public string Name => _chosen.Name;

    /// <inheritdoc/>
    public LauncherHealth Health => _chosen.Health;

    /// <inheritdoc/>
    public void Start() => _choosing = Task.Run(ChooseAsync);

    /// <inheritdoc/>
    public void Retire()
    {
        lock (_lock)
        {
            _isRetired = true;
            _chosen.Retire();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IWorker> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) =>
        _chosen.LaunchAsync(request, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _choosing;
        await _chosen.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ChooseAsync()
    {
        try
        {
            var (launcher, why) = await choice.DecideAsync(_stopping.Token);
            lock (_lock)
            {
                _chosen = launcher;
                if (_isRetired)
                    launcher.Retire();
            }

            if (why is not null)
                tell(launcher.Name, why);
        }
        catch (OperationCanceledException)
        {
            // The bridge ends before it was decided.
        }
    }
}
