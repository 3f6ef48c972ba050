using System.Collections;
using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Demo;

/// <summary>The demo's worker for machines without PHP: does what <c>worker.php</c> does, behind the hidden sub-command <c>demo-worker</c>.</summary>
internal static class BuiltInWorker
{
    /// <summary>The hidden sub-command.</summary>
    public const string Command = "demo-worker";

    /// <summary>Serves one session as its <c>WSS_*</c> variables say; 0 when the bridge ended it, 1 after a sentence on stderr.</summary>
    public static int Run() =>
        Run(
            Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
            Console.Error);

    /// <inheritdoc cref="Run()"/>
    internal static int Run(IReadOnlyDictionary<string, string> environment, TextWriter errors)
    {
        if (environment.GetValueOrDefault("WSS_CONNECTION_ID") is not { Length: > 0 } id
            || environment.GetValueOrDefault("WSS_TCP_HOST") is not { Length: > 0 } host
            || environment.GetValueOrDefault("WSS_TCP_PORT") is not { Length: > 0 } port)
            return Fail(errors, "WSS_CONNECTION_ID, WSS_TCP_HOST and WSS_TCP_PORT are not all set: start it through kubewsbridge.");

        try
        {
            using var bridge = Connect(host, port);
            Send(bridge, System.Text.Encoding.UTF8.GetBytes(id + "\n"));
            Send(bridge, DemoHello.Line(Environment.ProcessId, environment));
            Echo(bridge);
            return 0;
        }
        catch (Exception e) when (e is SocketException or FormatException or OverflowException or ArgumentException)
        {
            return Fail(errors, $"the bridge at {host}, port {port} cannot be talked to: {e.Message}");
        }
    }

    private static Socket Connect(string host, string port)
    {
        if (host.StartsWith("unix:", StringComparison.Ordinal))
        {
            var path = host["unix:".Length..];
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            return Connected(local, new UnixDomainSocketEndPoint(path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path));
        }

        var number = ushort.Parse(port, System.Globalization.CultureInfo.InvariantCulture);
        EndPoint bridge = IPAddress.TryParse(host.Trim('[', ']'), out var address) ? new IPEndPoint(address, number) : new DnsEndPoint(host, number);
        return Connected(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, bridge);
    }

    private static Socket Connected(Socket socket, EndPoint bridge)
    {
        try
        {
            socket.Connect(bridge);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Echo(Socket bridge)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (bridge.Receive(buffer) is > 0 and var count)
                Send(bridge, buffer.AsSpan(0, count));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown)
        {
            // The user left in the middle of an answer: an ordinary end.
        }
    }

    private static void Send(Socket bridge, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[bridge.Send(bytes)..];
    }

    private static int Fail(TextWriter errors, string sentence)
    {
        errors.WriteLine($"demo worker: {sentence}");
        return 1;
    }
}
