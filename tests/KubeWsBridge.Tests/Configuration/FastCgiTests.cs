namespace KubeWsBridge.Tests.Configuration;

/// <summary>Routes whose workers come from PHP-FPM.</summary>
public sealed class FastCgiTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Route_WithAPool_NeedsNeitherPhpNorTheScriptHere()
    {
        var result = _sandbox.LoadBare(
            "--launcher", "fastcgi", "--script", "/in/the/other/container.php", "--fastcgi-address", "unix:/run/php/ws.sock", "--fastcgi-workers", "20",
            "--fastcgi-reserve", "4", "--fastcgi-status-path", "/status", "--fastcgi-status-address", "127.0.0.1:9001");

        Assert.Empty(result.Problems);
        var route = Assert.Single(result.Configuration!.Bridge.Routes);
        Assert.Equal("/in/the/other/container.php", route.Script);
        var pool = route.FastCgi!;
        Assert.Equal(("unix:/run/php/ws.sock", 20, 4, "/status", "127.0.0.1:9001"),
            (pool.Address.ToString(), pool.Workers, pool.Reserve, pool.StatusPath, pool.StatusAddress?.ToString()));
    }

    [Fact]
    public void Routes_WithTheSamePool_MustSayTheSameOfIt()
    {
        const string yaml = """
            fastcgiAddress: fpm:9000
            fastcgiWorkers: 5
            routes:
              - path: /a
                launcher: fastcgi
              - path: /b
                launcher: fastcgi
              - path: /c
                launcher: fastcgi
                fastcgiWorkers: 6
            """;

        Assert.StartsWith("fastcgiAddress = \"fpm:9000\" (kwb.yaml:1): is also the pool of another route, which says other numbers of it.",
            Assert.Single(_sandbox.ProblemsOfYaml(yaml)), StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_OfAnotherLauncher_IsNotAsked()
    {
        Assert.Null(_sandbox.LoadSound().Bridge.Routes[0].FastCgi);
        Assert.NotNull(_sandbox.LoadSound("--fastcgi-address", "fpm:9000").Bridge.Routes[0].FastCgi);
    }
}
