using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Tests.Acme;

public class SmallPartsTests
{
    [Fact]
    public void LinkHeader_SeveralLinks_AreToldApart()
    {
        string[] headers = ["<https://a/dir>;rel=\"index\", <https://a/1>; title=\"a, b\"; rel=\"alternate\"", "<https://a/2>;rel=alternate", "<https://a/3>;rel=\"up\""];

        Assert.Equal(["https://a/1", "https://a/2"], LinkHeader.Targets(headers, "alternate"));
    }

    [Theory]
    [InlineData("Example.COM.", "dns", "example.com")]
    [InlineData("*.Example.com", "dns", "*.example.com")]
    [InlineData("bücher.example", "dns", "xn--bcher-kva.example")]
    [InlineData("192.0.2.1", "ip", "192.0.2.1")]
    [InlineData("2001:DB8::1", "ip", "2001:db8::1")]
    public void Identifier_AsPeopleWriteIt_IsMadePlain(string text, string type, string value) =>
        Assert.Equal(new Identifier(type, value), Identifier.Parse(text));

    [Theory, InlineData("under score"), InlineData(""), InlineData("a..b")]
    public void Identifier_NoName_IsRefused(string text) =>
        Assert.Contains("is neither a DNS name nor an IP address", Assert.Throws<AcmeException>(() => Identifier.Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>The example of RFC 7638 section 3.1.</summary>
    [Fact]
    public void Thumbprint_OfTheExample_IsTheExamples()
    {
        var modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        using var rsa = System.Security.Cryptography.RSA.Create(new System.Security.Cryptography.RSAParameters
        {
            Modulus = System.Buffers.Text.Base64Url.DecodeFromChars(modulus),
            Exponent = [1, 0, 1],
        });
        using var key = new RsaAccountKey(rsa);

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", key.Thumbprint);
    }

    [Theory]
    [InlineData("/.well-known/acme-challenge/token", "answer")]
    [InlineData("/.well-known/acme-challenge/other", null)]
    [InlineData("/.well-known/acme-challenge/../token", null)]
    [InlineData("/.well-known/acme-challenge/", null)]
    [InlineData("/token", null)]
    public async Task Http01_OnlyKnownTokens_AreAnswered(string path, string? expected)
    {
        var answers = new ChallengeAnswers();
        await answers.PutAsync("token", "answer", CancellationToken.None);

        Assert.Equal(expected, await new Http01Responder(answers).FindAsync(path, CancellationToken.None));
    }

    [Theory, InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa"), InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public async Task TlsAlpn01_Address_IsAskedForByItsReverseName(string address, string serverName)
    {
        var answers = new ChallengeAnswers();
        await new TlsAlpn01Solver(answers).PresentAsync(new(ChallengeTypes.TlsAlpn01, Identifier.Parse(address), "t", "t.k"), CancellationToken.None);

        var certificate = await new TlsAlpn01Responder(answers, TimeProvider.System).FindAsync(serverName, CancellationToken.None);

        Assert.True(certificate!.MatchesHostname(address));
    }

    [Fact]
    public async Task TlsAlpn01_SecondHandshake_ShowsTheSameCertificate()
    {
        var answers = new ChallengeAnswers();
        var responder = new TlsAlpn01Responder(answers, TimeProvider.System);
        await answers.PutAsync("example.com", "t.k", CancellationToken.None);

        Assert.Same(await responder.FindAsync("example.com", CancellationToken.None), await responder.FindAsync("EXAMPLE.com", CancellationToken.None));
        Assert.Null(await responder.FindAsync("other.example", CancellationToken.None));
    }
}
