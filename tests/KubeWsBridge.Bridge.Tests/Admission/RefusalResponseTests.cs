using System.Globalization;
using System.Text;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Bridge.Tests.Admission;

public sealed class RefusalResponseTests
{
    public static TheoryData<string> WithStatus => [.. Refusals.All.Where(row => row.HttpStatus is not null).Select(row => row.Name)];

    public static TheoryData<string> WithoutStatus => [.. Refusals.All.Where(row => row.HttpStatus is null).Select(row => row.Name)];

    private static Refusal Row(string name) => Refusals.All.Single(row => row.Name == name);

    private static async Task<(HttpResponse Response, string Body)> WriteAsync(
        Refusal refusal, string protocol = "HTTP/1.1", string? detail = null, double jitter = 0.5, TimeSpan? retryAfter = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Protocol = protocol;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await RefusalResponse.WriteAsync(context, refusal, detail, () => jitter, retryAfter);
        return (context.Response, Encoding.UTF8.GetString(body.ToArray()));
    }

    [Theory]
    [MemberData(nameof(WithStatus))]
    public async Task WriteAsync_EveryRow_StatusHeadersAndReason(string name)
    {
        var refusal = Row(name);
        var (response, body) = await WriteAsync(refusal);

        Assert.Equal(refusal.HttpStatus, response.StatusCode);
        Assert.Equal(refusal.Reason + "\n", body);
        Assert.Equal("text/plain; charset=utf-8", response.ContentType);
        Assert.Equal("no-store", response.Headers.CacheControl);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
        Assert.Equal(refusal.Retry == RetryAdvice.Soon ? "6" : "", response.Headers.RetryAfter.ToString());
        Assert.Equal(refusal.HttpStatus == 426 ? "13" : "", response.Headers.SecWebSocketVersion.ToString());
        Assert.Equal(refusal.HttpStatus == 426 ? "websocket" : "", response.Headers.Upgrade.ToString());
        Assert.Equal(refusal.HttpStatus == 426 ? "Upgrade, close" : "close", response.Headers.Connection.ToString());
    }

    [Theory]
    [MemberData(nameof(WithStatus))]
    public async Task WriteAsync_Http2_NoConnectionHeaders(string name)
    {
        var (response, _) = await WriteAsync(Row(name), "HTTP/2");
        Assert.False(response.Headers.ContainsKey("Connection"));
        Assert.False(response.Headers.ContainsKey("Upgrade"));
    }

    [Theory]
    [MemberData(nameof(WithoutStatus))]
    public async Task WriteAsync_OnlyAfterUpgrade_Throws(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(Row(name)));

    [Fact]
    public async Task WriteAsync_Detail_SecondLine()
    {
        var (_, body) = await WriteAsync(Refusals.BadHandshake, detail: "Which header.");
        Assert.Equal($"{Refusals.BadHandshake.Reason}\nWhich header.\n", body);
    }

    [Theory]
    [InlineData(null, 0, 1)]
    [InlineData(null, 0.99, 10)]
    [InlineData(0.0, 0.9, 1)]
    [InlineData(0.2, 0, 1)]
    [InlineData(4.0, 0, 4)]
    [InlineData(4.1, 0, 5)]
    [InlineData(4.0, 0.99, 8)]
    public async Task WriteAsync_Soon_RetryAfterWithJitter(double? wait, double jitter, int seconds)
    {
        var (response, _) = await WriteAsync(
            Refusals.AddressRate, jitter: jitter, retryAfter: wait is { } value ? TimeSpan.FromSeconds(value) : null);
        Assert.Equal(seconds, int.Parse(response.Headers.RetryAfter.ToString(), CultureInfo.InvariantCulture));
    }
}
