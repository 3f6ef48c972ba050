using KubeWsBridge.Bridge.Transport;

namespace KubeWsBridge.Bridge.Tests.Transport;

/// <summary>A few places, and how many are held.</summary>
internal sealed class CountedPlaces(int places) : IConnectionPlaces
{
    private readonly SemaphoreSlim _free = new(places);
    private readonly SemaphoreSlim _released = new(0);

    public int Held => places - _free.CurrentCount;

    public async ValueTask WaitForConnectionAsync(CancellationToken cancellationToken) => await _free.WaitAsync(cancellationToken);

    public void ReleaseConnection()
    {
        _free.Release();
        _released.Release();
    }

    /// <summary>Waits for one place to be given back.</summary>
    public async Task ReleasedAsync() => Assert.True(await _released.WaitAsync(TimeSpan.FromSeconds(30)));
}
