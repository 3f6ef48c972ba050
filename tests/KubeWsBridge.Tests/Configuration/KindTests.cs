using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Tests.Configuration;

public class KindTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0s", "0")]
    [InlineData("30", "30s")]
    [InlineData("0.5", "500ms")]
    [InlineData("1.5s", "1500ms")]
    [InlineData("500ms", "500ms")]
    [InlineData("2000ms", "2s")]
    [InlineData("2s", "2s")]
    [InlineData("2m", "120s")]
    [InlineData("1h", "3600s")]
    [InlineData("1H", "3600s")]
    [InlineData("49", "49s")]
    [InlineData("0.5ms", null)]
    [InlineData("-1", null)]
    [InlineData("50000h", null)]
    [InlineData("99999999999999999999999999999", null)]
    [InlineData("-9999999999999999999999999999h", null)]
    [InlineData("", null)]
    [InlineData("s", null)]
    [InlineData("2d", null)]
    [InlineData("1e3", null)]
    [InlineData("NaN", null)]
    public void Duration_Text_IsReadOrRefused(string text, string? printed) => AssertRead("connection-timeout", text, printed);

    [Theory]
    [InlineData("0")]
    [InlineData("0ms")]
    public void Duration_ZeroWhereThereMustBeTime_IsRefused(string text) => AssertRead("php-connect-timeout", text, null);

    [Theory]
    [InlineData("1", "1")]
    [InlineData("65536", "65536")]
    [InlineData("64k", "65536")]
    [InlineData("64K", "65536")]
    [InlineData("64KB", "65536")]
    [InlineData("64Ki", "65536")]
    [InlineData("64KiB", "65536")]
    [InlineData("64 KiB", "65536")]
    [InlineData("16m", "16777216")]
    [InlineData("1g", "1073741824")]
    [InlineData("12b", "12")]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("2g", null)]
    [InlineData("5i", null)]
    [InlineData("5bb", null)]
    [InlineData("k", null)]
    [InlineData("1.5k", null)]
    [InlineData("9999999999999999999999999999g", null)]
    [InlineData("99999999999999999999999999999999999g", null)]
    public void Size_Text_IsReadOrRefused(string text, string? printed) => AssertRead("buffer-size", text, printed);

    [Theory]
    [InlineData("true", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("1", "true")]
    [InlineData("yes", "true")]
    [InlineData("On", "true")]
    [InlineData("false", "false")]
    [InlineData("0", "false")]
    [InlineData("no", "false")]
    [InlineData("OFF", "false")]
    [InlineData("2", null)]
    [InlineData("", null)]
    public void Boolean_Text_IsReadOrRefused(string text, string? printed) => AssertRead("ignore-stdout", text, printed);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("65535", "65535")]
    [InlineData("+1", "1")]
    [InlineData("65536", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999999999999999999999999999", null)]
    public void Port_Text_IsReadOrRefused(string text, string? printed) => AssertRead("ws-port", text, printed);

    [Theory]
    [InlineData("0.5", "0.5")]
    [InlineData("10", "10")]
    [InlineData("-0.1", null)]
    [InlineData("Infinity", null)]
    public void Number_Text_IsReadOrRefused(string text, string? printed) => AssertRead("connect-rate", text, printed);

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::", "::")]
    [InlineData("[::1]", "::1")]
    [InlineData("LOCALHOST", "localhost")]
    [InlineData("8080", null)]
    [InlineData("example.com", null)]
    [InlineData("unix:/run/kwb.sock", null)]
    [InlineData("", null)]
    public void ListenAddress_Text_IsReadOrRefused(string text, string? printed) => AssertRead("ws-host", text, printed);

    [Theory]
    [InlineData("unix:/run/kwb.sock", "unix:/run/kwb.sock")]
    [InlineData("unix:///run/kwb.sock", "unix:/run/kwb.sock")]
    [InlineData("UNIX:/run/K.sock", "unix:/run/K.sock")]
    [InlineData("[::1]", "::1")]
    [InlineData("localhost", "localhost")]
    [InlineData("unix://host/kwb.sock", null)]
    [InlineData("unix:/", null)]
    [InlineData("unix:/a\0b", null)]
    [InlineData("/run/kwb.sock", null)]
    public void WorkerAddress_Text_IsReadOrRefused(string text, string? printed) => AssertRead("tcp-bind", text, printed);

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3", "10.1.2.3/32")]
    [InlineData("::1", "::1/128")]
    [InlineData("fd00:1::/7", "fc00::/7")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("loopback", "loopback")]
    [InlineData("Private", "private")]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0.0/", null)]
    [InlineData("10/8", null)]
    [InlineData("public", null)]
    public void Network_Text_IsReadOrRefused(string text, string? printed) => AssertRead("trusted-proxy", text, printed);

    [Theory]
    [InlineData("https://example.com", "https://example.com")]
    [InlineData("HTTPS://Example.com", "https://example.com")]
    [InlineData("https://example.com:8443", "https://example.com:8443")]
    [InlineData("https://example.com:443", "https://example.com")]
    [InlineData("http://example.com:80", "http://example.com")]
    [InlineData("https://*.example.com", "https://*.example.com")]
    [InlineData("chrome-extension://abcdef", "chrome-extension://abcdef")]
    [InlineData("null", "null")]
    [InlineData("*", null)]
    [InlineData("example.com", null)]
    [InlineData("https://example.com/", null)]
    [InlineData("https://a.*.com", null)]
    [InlineData("https://", null)]
    public void Origin_Text_IsReadOrRefused(string text, string? printed) => AssertRead("origin", text, printed);

    [Theory]
    [InlineData("graphql-transport-ws", "graphql-transport-ws")]
    [InlineData("v1.chat", "v1.chat")]
    [InlineData("a b", null)]
    [InlineData("a,b", null)]
    [InlineData("", null)]
    public void Subprotocol_Text_IsReadOrRefused(string text, string? printed) => AssertRead("subprotocol", text, printed);

    [Theory]
    [InlineData("INFO", "info")]
    [InlineData("warning", "warn")]
    [InlineData("verbose", null)]
    public void LogLevel_Text_IsReadOrRefused(string text, string? printed) => AssertRead("log-level", text, printed);

    [Theory]
    [InlineData("require_and_verify", "require-and-verify")]
    [InlineData("verify-if-given", "verify-if-given")]
    [InlineData("maybe", null)]
    public void ClientAuth_HyphenOrUnderscore_IsTheSame(string text, string? printed) => AssertRead("tls-client-auth", text, printed);

    [Theory]
    [InlineData("key=value", "***")]
    [InlineData("=value", null)]
    [InlineData("value", null)]
    public void DnsParameter_Text_IsReadOrRefusedAndNeverShown(string text, string? printed) => AssertRead("tls-dns-param", text, printed);

    [Theory]
    [InlineData("/chat", true)]
    [InlineData("/chat/*", true)]
    [InlineData("/*", true)]
    [InlineData("/", true)]
    [InlineData("chat", false)]
    [InlineData("/a*", false)]
    [InlineData("/*/a", false)]
    [InlineData("/a?b", false)]
    public void RoutePath_Text_IsReadOrRefused(string text, bool good) =>
        Assert.Equal(good, RouteOptionTable.Path.Form.Read(text, out _) is not null);

    [Theory]
    [InlineData("self-signed", "internal")]
    [InlineData("self_signed", "internal")]
    [InlineData("internal", "internal")]
    [InlineData("manual", "manual")]
    public void TlsMode_KnownName_IsRead(string text, string printed) => AssertRead("tls-mode", text, printed);

    [Theory]
    [InlineData("tls13_aes_128_gcm_sha256", "TLS_AES_128_GCM_SHA256")]
    [InlineData("ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")]
    [InlineData("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA")]
    [InlineData("RC4-MD5", null)]
    public void Cipher_AnyUsualName_IsTheSame(string text, string? printed) => AssertRead("tls-ciphers", text, printed);

    [Theory]
    [InlineData("X25519", "x25519")]
    [InlineData("P-256", "secp256r1")]
    [InlineData("prime256v1", "secp256r1")]
    [InlineData("p256k", null)]
    public void Curve_AnyUsualName_IsTheSame(string text, string? printed) => AssertRead("tls-curves", text, printed);

    [Theory]
    [InlineData("H2", "h2")]
    [InlineData("http/1.1", "http/1.1")]
    [InlineData("h3", null)]
    public void Alpn_WhatIsSpoken_IsRead(string text, string? printed) => AssertRead("tls-alpn", text, printed);

    [Theory]
    [InlineData("acme", "automate")]
    [InlineData("Automate", "automate")]
    [InlineData("automatic", null)]
    public void TlsMode_AnyName_IsRead(string text, string? printed) => AssertRead("tls-mode", text, printed);

    [Theory]
    [InlineData("letsencrypt", "letsencrypt")]
    [InlineData("https://acme-staging-v02.api.letsencrypt.org/directory", "letsencrypt-staging")]
    [InlineData("https://ca.example.com/acme", "https://ca.example.com/acme")]
    [InlineData("http://ca.example.com/acme", null)]
    [InlineData("ca.example.com", null)]
    [InlineData("https://user:password@ca.example.com/acme", null)]
    public void AcmeDirectory_NameOrUrl_IsRead(string text, string? printed) => AssertRead("tls-acme-directory", text, printed);

    private static void AssertRead(string flag, string text, string? printed)
    {
        var form = OptionTable.FindFlag(flag)!.Form;
        var value = form.Read(text, out var flaw);
        Assert.Equal(printed, value is null ? null : form.IsSecret ? value.ToString() : form.Print(value));
        Assert.Equal(value is null, flaw is not null);
    }
}
