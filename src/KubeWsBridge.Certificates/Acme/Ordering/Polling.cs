using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Asks again until a state has passed, as often as the authority wants to be asked.</summary>
internal sealed class Polling(OrderFlowOptions options, TimeProvider time, Func<double> random)
{
    public async Task<T> UntilPassedAsync<T>(
        T state, Func<T, bool> isPassing, Func<T, TimeSpan?> retryAfter, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var waits = new Waits(options.FirstPoll, options.LongestPoll, random);
        while (isPassing(state))
        {
            await Task.Delay(waits.Next(retryAfter(state)), time, cancellationToken);
            state = await ask();
        }
        return state;
    }
}
