using System.Text;
using KubeWsBridge.Demo;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Tests.Demo;

public sealed class DemoPageTests
{
    [Fact]
    public async Task WriteAsync_GetRoot_ServesThePageWithItsHeaders()
    {
        var (response, body) = await AnswerAsync("GET", "/");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.ContentType);
        Assert.Equal(body.Length, response.ContentLength);
        Assert.Equal("no-store", response.Headers.CacheControl);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
        Assert.Equal("no-referrer", response.Headers["Referrer-Policy"]);
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src ws: wss:; img-src data:", response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_HeadRoot_ServesHeadersOnly()
    {
        var (response, body) = await AnswerAsync("HEAD", "/");

        Assert.Equal(200, response.StatusCode);
        Assert.True(response.ContentLength > 10_000);
        Assert.Empty(body);
    }

    [Fact]
    public async Task WriteAsync_Favicon_HasNoContent()
    {
        var (response, body) = await AnswerAsync("GET", "/favicon.ico");

        Assert.Equal(204, response.StatusCode);
        Assert.Empty(body);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task WriteAsync_OtherMethod_IsRefusedWithTheAllowedOnes(string method)
    {
        var (response, _) = await AnswerAsync(method, "/");

        Assert.Equal(405, response.StatusCode);
        Assert.Equal("GET, HEAD", response.Headers.Allow);
    }

    [Fact]
    public async Task WriteAsync_OtherPath_IsNotFoundAndSaysWhereThePageIs()
    {
        var (response, body) = await AnswerAsync("GET", "/demo");

        Assert.Equal(404, response.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", response.ContentType);
        Assert.Contains("at /", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("state")]
    [InlineData("message")]
    [InlineData("send")]
    [InlineData("log")]
    [InlineData("metadata")]
    [InlineData("close-code")]
    [InlineData("close")]
    [InlineData("closed")]
    public void Page_HasTheIdsThatBrowserTestsUse(string id)
    {
        var page = Encoding.UTF8.GetString(DemoResource.Read(DemoResource.Page));

        Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal);
        Assert.Contains($"data-testid=\"{id}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_LoadsNothing()
    {
        var page = Encoding.UTF8.GetString(DemoResource.Read(DemoResource.Page));

        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownResource_Throws() => Assert.Throws<InvalidOperationException>(() => DemoResource.Read("demo/none"));

    private static async Task<(HttpResponse Response, byte[] Body)> AnswerAsync(string method, string path)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Response.Body = body;
        await DemoPage.WriteAsync(context);
        return (context.Response, body.ToArray());
    }
}
