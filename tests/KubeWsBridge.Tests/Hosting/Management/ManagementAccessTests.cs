using System.Net;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Management;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Tests.Hosting.Management;

public class ManagementAccessTests
{
    private static readonly ManagementOptions Closed = new();
    private static readonly ManagementOptions Open = new() { IsOpen = true };
    private static readonly ManagementOptions WithToken = new() { Token = new Secret("0123456789abcdef") };

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("::ffff:127.0.0.1", null)]
    [InlineData("127.0.0.6", 403)] // a service mesh's proxy, for whoever is behind it
    [InlineData("10.1.2.3", 403)]
    public void Deny_WithoutToken_LetsOnlyThisMachineIn(string caller, int? status) =>
        Assert.Equal(status, Deny(Closed, caller));

    [Theory]
    [InlineData("Bearer 0123456789abcdef", null)]
    [InlineData("bearer 0123456789abcdef", null)]
    [InlineData("BEARER  0123456789abcdef", null)]
    [InlineData("Bearer 0123456789ABCDEF", 401)]
    [InlineData("Bearer 0123456789abcdeX", 401)]
    [InlineData("Bearer0123456789abcdef", 401)]
    [InlineData("Basic 0123456789abcdef", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("0123456789abcdef", 401)]
    [InlineData("", 401)]
    public void Deny_WithToken_LetsOthersInWhoShowIt(string authorization, int? status) =>
        Assert.Equal(status, Deny(WithToken, "10.1.2.3", ("Authorization", authorization)));

    [Fact]
    public void Deny_Open_LetsEverybodyInButPages()
    {
        Assert.Null(Deny(Open, "10.1.2.3"));
        Assert.Equal(403, Deny(Open, "10.1.2.3", ("Origin", "https://evil.example")));
        Assert.Equal(403, Deny(Open, "10.1.2.3", ("Sec-Fetch-Site", "cross-site")));
    }

    [Theory]
    [InlineData("web-kubewsbridge-management:8081")]
    [InlineData("web-kubewsbridge-management.shop.svc.cluster.local:8081")]
    public void Deny_OpenAndAskedByItsName_LetsEverybodyIn(string host)
    {
        Assert.Null(Deny(Open, "10.1.2.3", ("Host", host)));
        Assert.Equal(403, Deny(Open, "10.1.2.3", ("Host", host), ("Origin", $"http://{host}")));
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1:8081")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "rebound.example:8081")]
    public void Deny_PageOnThisMachine_IsKeptOut(string header, string value) =>
        Assert.Equal(403, Deny(Closed, "127.0.0.1", (header, value)));

    [Theory]
    [InlineData("127.0.0.1:8081")]
    [InlineData("[::1]:8081")]
    [InlineData("localhost:8081")]
    public void Deny_HostOfThisMachine_IsNoPage(string host) =>
        Assert.Null(Deny(Closed, "127.0.0.1", ("Host", host)));

    [Fact]
    public void Deny_PageWithTheToken_IsLetIn() =>
        Assert.Null(Deny(WithToken, "127.0.0.1", ("Origin", "https://console.example"), ("Authorization", "Bearer 0123456789abcdef")));

    private static int? Deny(ManagementOptions options, string caller, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(caller);
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return new ManagementAccess(options).Deny(context)?.Status;
    }
}
