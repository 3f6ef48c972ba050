namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Watches over a connection that is over for us, whose last bytes the server still sends.</summary>
internal static class Farewell
{
    /// <summary>
    /// Returns when the client has room for the last bytes or has lost its connection. It is cut when it takes nothing for the time of the
    /// timeout: otherwise a client that never reads would hold the connection, which no session counts any more, for as long as it likes.
    /// </summary>
    /// <param name="gauge">Of the connection.</param>
    /// <param name="abort">Cuts the connection; harmless when it is closed.</param>
    /// <param name="timeout">How long nothing may move.</param>
    /// <param name="timeProvider">Measures it.</param>
    public static async Task WatchAsync(DeliveryGauge gauge, Action abort, TimeSpan timeout, TimeProvider timeProvider)
    {
        while (gauge.IsHeldUp)
        {
            var before = gauge.Acknowledged;
            await Task.Delay(timeout, timeProvider, CancellationToken.None);
            if (gauge.Acknowledged == before)
                abort();
        }
    }
}
