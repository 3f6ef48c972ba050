using System.Diagnostics;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Certificates.Tests;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>The log of session keys, tried on a recording of our own port.</summary>
public sealed class SecretsLogTests : IDisposable
{
    private readonly CertificateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Tshark_WithTheLog_ReadsTheTraffic(string version)
    {
        var (keys, recording) = (Path.Combine(_folder.Path, "keys.log"), Path.Combine(_folder.Path, "recording.pcap"));
        await using var bridge = await TlsBridge.StartAsync("--tls-secrets-log", keys);
        await bridge.LoggedAsync("warn  SESSION KEYS ARE WRITTEN");
        using (var recorder = await RecordAsync(bridge.Port, recording))
        {
            await TlsBridge.RunAsync("bash", "bash", "-c",
                $"printf 'GET /find-me HTTP/1.0\\r\\n\\r\\n' | openssl s_client -ign_eof -connect 127.0.0.1:{bridge.Port} {version}");
            // The recording is complete when the answer, which comes last, is in it.
            await ReadUntilAsync(recording, keys, "426");
            recorder.Kill(entireProcessTree: true);
            await recorder.WaitForExitAsync();
        }

        Assert.Contains("/find-me", await ReadAsync(recording, keys), StringComparison.Ordinal);
        Assert.DoesNotContain("/find-me", await ReadAsync(recording, "/dev/null"), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys));
    }

    [Fact]
    public async Task Worker_DoesNotInheritTheVariable()
    {
        await using var bridge = await TlsBridge.StartAsync("--tls-secrets-log", Path.Combine(_folder.Path, "keys.log"));
        await using var client = await TlsBridge.ConnectAsync(bridge);
        await client.UpgradeAsync("/dump");
        Assert.DoesNotContain("SSLKEYLOGFILE", (await WorkerDump.ReadAsync(client)).Variables);
    }

    private static async Task<Process> RecordAsync(int port, string file)
    {
        var info = new ProcessStartInfo(Peers.Find("tshark", "apt-get install tshark"), ["-i", "lo", "-f", $"tcp port {port}", "-w", file]) { RedirectStandardError = true };
        var recorder = Process.Start(info)!;
        // What is sent from now on is recorded; "Capturing on", which comes first, only says that it will be.
        while (await recorder.StandardError.ReadLineAsync().WaitAsync(RawClient.Patience) is { } line)
            if (line.Contains("Capture started", StringComparison.Ordinal))
                break;
        _ = recorder.StandardError.ReadToEndAsync();
        return recorder;
    }

    private static async Task ReadUntilAsync(string recording, string keys, string expected)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < RawClient.Patience;)
            if ((await ReadAsync(recording, keys)).Contains(expected, StringComparison.Ordinal))
                return;
    }

    private static Task<string> ReadAsync(string recording, string keys) => TlsBridge.RunAsync(
        "tshark", "tshark", "-r", recording, "-o", $"tls.keylog_file:{keys}", "-Y", "http", "-T", "fields", "-e", "http.request.uri", "-e", "http.response.code");
}
