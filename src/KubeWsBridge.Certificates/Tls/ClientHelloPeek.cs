using Microsoft.AspNetCore.Connections;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>A connection middleware, to stand right before TLS, that reads the client's hello without taking it and leaves it as a feature.</summary>
/// <param name="timeout">How long the hello may take.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ClientHelloPeek(TimeSpan timeout, TimeProvider timeProvider)
{
    /// <summary>Wraps the rest of the connection's way.</summary>
    public ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        if (await ReadAsync(connection))
            await next(connection);
        else
            connection.Abort(new ConnectionAbortedException("The client sent no hello."));
    };

    // What is no hello is TLS's to refuse, with the alert it deserves.
    private async Task<bool> ReadAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(deadline.Token);
                var state = ClientHelloReader.TryRead(read.Buffer, out var hello);
                input.AdvanceTo(read.Buffer.Start, state == HelloState.Incomplete ? read.Buffer.End : read.Buffer.Start);
                if (hello is not null)
                    connection.Features.Set(hello);
                if (state != HelloState.Incomplete || read.IsCompleted)
                    return !(read.IsCompleted && read.Buffer.IsEmpty);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            return false;
        }
    }
}
