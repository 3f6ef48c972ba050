using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Dns.Rfc2136;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>Answers of those who are not the server.</summary>
public sealed class Rfc2136AnswerTests : IDisposable
{
    private const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Rfc2136AnswerTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Answer_WithoutSignature_IsNotBelieved()
    {
        var e = await AskAsync(request => Answer(request));
        Assert.Contains("is not signed with the key k", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_SignedWithAnotherKey_IsNotBelieved()
    {
        var other = new TsigKey("k", TsigAlgorithm.Find("hmac-sha256")!, new ProviderSecret("b3RoZXI="));
        var e = await AskAsync(request => SignedMessage.Sign(Answer(request), other, DateTimeOffset.UtcNow.ToUnixTimeSeconds()).Message);
        Assert.Contains("is not signed with the key k", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_SignedWithoutOurRequest_IsNotBelieved()
    {
        // A recorded answer, or one to another request, does not cover the signature of ours.
        var key = new TsigKey("k", TsigAlgorithm.Find("hmac-sha256")!, new ProviderSecret(Key));
        var e = await AskAsync(request => SignedMessage.Sign(Answer(request), key, DateTimeOffset.UtcNow.ToUnixTimeSeconds()).Message);
        Assert.Contains("is not signed with the key k", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ToAnotherRequest_IsNotBelieved() =>
        Assert.Contains("answered another request", (await AskAsync(request =>
        {
            var answer = Answer(request);
            answer[0] ^= 1;
            return answer;
        })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(14)]
    public async Task Answer_CutOff_IsAnError(int length) =>
        Assert.Contains("no DNS message", (await AskAsync(request => [.. request[..Math.Min(length, 12)], .. new byte[Math.Max(0, length - 12)]])).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Server_NotThere_IsSaid()
    {
        var place = _listener.LocalEndpoint;
        _listener.Stop();
        var e = await FailsAsync(() => Create("rfc2136", $"server={place}").AddAsync(Record("x"), default));
        Assert.Contains("rfc2136 did not reach 127.0.0.1", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Answer(byte[] request)
    {
        byte[] answer = [.. request[..12]];
        answer[2] |= 0x80;
        answer.AsSpan(4).Clear();
        return answer;
    }

    private async Task<DnsException> AskAsync(Func<byte[], byte[]> answer)
    {
        var served = ServeAsync(answer);
        var provider = Create("rfc2136", $"server={_listener.LocalEndpoint}", "key_name=k", $"key={Key}");
        var e = await FailsAsync(() => provider.AddAsync(Record("x"), default));
        await served;
        return e;
    }

    private async Task ServeAsync(Func<byte[], byte[]> answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var length = new byte[2];
        await stream.ReadExactlyAsync(length);
        var request = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(request);
        var bytes = answer(request);
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        await stream.WriteAsync((byte[])[.. length, .. bytes]);
    }
}
