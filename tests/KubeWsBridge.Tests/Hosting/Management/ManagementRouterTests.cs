using System.Net;
using KubeWsBridge.Hosting.Management;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Tests.Hosting.Management;

public class ManagementRouterTests
{
    [Theory]
    [InlineData("GET", "/public", 200, "public")]
    [InlineData("HEAD", "/public", 200, "public")]
    [InlineData("POST", "/public", 405, "Use GET.\n")]
    [InlineData("GET", "/private", 403, null)]
    [InlineData("DELETE", "/things/", 404, null)]
    [InlineData("DELETE", "/things/1", 403, null)]
    [InlineData("GET", "/", 404, "There are: /metrics, /public, /private, /things/.\n")]
    public async Task Handle_FromAnotherMachine_AnswersByMethodPathAndRight(string method, string path, int status, string? body)
    {
        var context = await HandleAsync(method, path, "10.0.0.1");

        Assert.Equal(status, context.Response.StatusCode);
        if (body is not null)
            Assert.Equal(body, Body(context));
    }

    [Fact]
    public async Task Handle_FromThisMachine_MayDoAll() =>
        Assert.Equal("thing", Body(await HandleAsync("DELETE", "/things/1", "127.0.0.1")));

    [Fact]
    public async Task Handle_WrongMethod_NamesTheRightOnes() =>
        Assert.Equal("GET", (await HandleAsync("PUT", "/public", "127.0.0.1")).Response.Headers.Allow);

    private static async Task<HttpContext> HandleAsync(string method, string path, string caller)
    {
        var router = new ManagementRouter(
            [
                new("GET", "/public", IsPublic: true, context => context.Response.WriteAsync("public")),
                new("GET", "/private", IsPublic: false, context => context.Response.WriteAsync("private")),
                new("DELETE", "/things/", IsPublic: false, context => context.Response.WriteAsync("thing")),
            ],
            new ManagementAccess(new ManagementOptions()));
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Connection.RemoteIpAddress = IPAddress.Parse(caller);
        context.Response.Body = new MemoryStream();
        await router.HandleAsync(context);
        return context;
    }

    private static string Body(HttpContext context) => System.Text.Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
