using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;

namespace KubeWsBridge.Certificates.Tests.Tls;

public class ClientHelloReaderTests
{
    [Fact]
    public async Task TryRead_HelloOfThisOpenSsl_IsUnderstood()
    {
        var bytes = await RecordAsync();
        Assert.Equal(HelloState.Complete, ClientHelloReader.TryRead(new ReadOnlySequence<byte>(bytes), out var hello));
        Assert.Equal("bridge.example.com", hello!.ServerName);
        Assert.Equal(["h2", "http/1.1"], hello.Protocols);
        Assert.Contains((ushort)0x0403, hello.SignatureSchemes);
        Assert.True(hello.Takes(KeyAlgorithm.Ecdsa) && hello.Takes(KeyAlgorithm.Rsa));
    }

    [Fact]
    public async Task TryRead_EveryPrefix_WaitsForMore()
    {
        var bytes = await RecordAsync();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(HelloState.Incomplete, ClientHelloReader.TryRead(new ReadOnlySequence<byte>(bytes, 0, length), out _));
    }

    [Fact]
    public async Task TryRead_SpreadOverRecords_IsOneHello()
    {
        var bytes = await RecordAsync();
        var spread = new List<byte>();
        foreach (var piece in bytes.Skip(5).Chunk(100))
            spread.AddRange([22, 3, 1, 0, (byte)piece.Length, .. piece]);
        Assert.Equal(HelloState.Complete, ClientHelloReader.TryRead(new ReadOnlySequence<byte>([.. spread]), out var hello));
        Assert.Equal("bridge.example.com", hello!.ServerName);
    }

    [Theory]
    [InlineData("474554202f20485454502f312e310d0a")] // GET / HTTP/1.1
    [InlineData("1503010002020a")] // an alert
    [InlineData("16030100040e000000")] // another message
    [InlineData("1603010000")] // an empty record
    [InlineData("1602010000")] // SSL 2
    [InlineData("16030100050100000103")] // cut off within
    public void TryRead_NoHello_IsSaidAtOnce(string hex) =>
        Assert.Equal(HelloState.NoHello, ClientHelloReader.TryRead(new ReadOnlySequence<byte>(Convert.FromHexString(hex)), out _));

    [Fact]
    public async Task TryRead_AnyByteChanged_NeverThrows()
    {
        var bytes = await RecordAsync();
        for (var at = 0; at < bytes.Length; at++)
            foreach (var value in new byte[] { 0, 0x7F, 0xFF })
            {
                var broken = (byte[])bytes.Clone();
                broken[at] = value;
                ClientHelloReader.TryRead(new ReadOnlySequence<byte>(broken), out _);
            }
    }

    [Fact]
    public void TryRead_EndlessHello_IsGivenUp()
    {
        // It says 16 MiB and sends on.
        var bytes = Enumerable.Repeat<byte[]>([22, 3, 1, 0x40, 0, 1, 0xFF, 0xFF, 0xFF, .. new byte[16380]], 3).SelectMany(record => record).ToArray();
        Assert.NotEqual(HelloState.Incomplete, ClientHelloReader.TryRead(new ReadOnlySequence<byte>(bytes), out _));
    }

    private static async Task<byte[]> RecordAsync()
    {
        var sent = new MemoryStream();
        await using var stream = new SslStream(new DuplexStream(new MemoryStream(), sent));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "bridge.example.com",
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        await Assert.ThrowsAnyAsync<Exception>(() => stream.AuthenticateAsClientAsync(options));
        // What follows is the alert that nobody answered.
        var bytes = sent.ToArray();
        return bytes[..(5 + (bytes[3] << 8) + bytes[4])];
    }
}
