using System.Text;
using KubeWsBridge.Certificates.Dns.Rfc2136;

namespace KubeWsBridge.Certificates.Tests.Dns;

public class HmacSha224Tests
{
    [Theory]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void Hash_VectorsOfFips180_Match(string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(HmacSha224.Hash(Encoding.ASCII.GetBytes(text))));

    [Theory]
    [InlineData(0x0b, 20, "Hi There", "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22")]
    [InlineData(0xaa, 131, "Test Using Larger Than Block-Size Key - Hash Key First", "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e")]
    public void HashData_VectorsOfRfc4231_Match(byte key, int length, string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(HmacSha224.HashData([.. Enumerable.Repeat(key, length)], Encoding.ASCII.GetBytes(text))));
}
