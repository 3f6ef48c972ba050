using KubeWsBridge.Bridge;

namespace KubeWsBridge.Tests.Configuration;

public sealed class RouteTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Files_OfAForkServerElsewhere_AreNotLookedForHere()
    {
        var route = _sandbox.LoadYaml(
            """
            routes:
              - path: /*
                launcher: fork
                forkServerDir: /run/fork
                script: /only/there/chat.php
                workingDirectory: /only/there
            """).Bridge.Routes.Single();

        Assert.Equal(("/only/there/chat.php", "/only/there"), (route.Script, route.WorkingDirectory));
    }

    [Fact]
    public void Routes_OwnKeys_WinOverThoseOutside()
    {
        var other = _sandbox.Write("other.php", "");
        var routes = _sandbox.LoadYaml(
            $"""
            upgrade: early
            origins: [https://outside]
            phpArgs: [-n]
            maxConnections: 7
            routes:
              - path: /chat
                script: {other}
                phpExecutable: {_sandbox.Php}
                phpArgs: [-d, "memory_limit=1G"]
                workingDirectory: {_sandbox.Folder}
                launcher: process
                upgrade: ready
                framing: raw
                origins: []
                subprotocols: chat.v2 chat.v1
                ignoreStdout: yes
                maxConnections: 3
              - path: /rest/*
            """).Bridge.Routes;

        var chat = routes[0];
        Assert.Equal(("/chat", other, _sandbox.Php, 3), (chat.Path, chat.Script, chat.Executable, chat.MaxConnections));
        Assert.Equal(("process", UpgradeMode.Ready, true), (chat.Launcher, chat.Upgrade, chat.IgnoreStdout));
        Assert.Equal(_sandbox.Folder, chat.WorkingDirectory);
        Assert.Equal(["-d", "memory_limit=1G"], chat.Arguments);
        Assert.Empty(chat.Origins);
        Assert.Equal(["chat.v2", "chat.v1"], chat.Subprotocols);

        var rest = routes[1];
        Assert.Equal(("/rest/*", _sandbox.Script, "php", 0), (rest.Path, rest.Script, rest.Executable, rest.MaxConnections));
        Assert.Equal(("auto", UpgradeMode.Early, false), (rest.Launcher, rest.Upgrade, rest.IgnoreStdout));
        Assert.Equal(["-n"], rest.Arguments);
        Assert.Equal(["https://outside"], rest.Origins);
    }

    [Fact]
    public void Routes_Absent_OneRouteServesEverything() => Assert.Equal("/*", Assert.Single(_sandbox.LoadSound().Bridge.Routes).Path);

    [Fact]
    public void Flag_ForRoutesWithoutTheirOwn_IsTheDefault()
    {
        var routes = _sandbox.LoadYaml("routes:\n  - path: /a\n    launcher: auto\n  - path: /b\n", "--launcher=process").Bridge.Routes;
        Assert.Equal(["auto", "process"], routes.Select(route => route.Launcher));
    }

    [Fact]
    public void Flag_WhenEveryRouteHasItsOwn_IsWarnedAbout()
    {
        var warnings = _sandbox.LoadYaml("routes:\n  - path: /a\n    launcher: auto\n", "--launcher=process").Warnings;
        Assert.Equal(["launcher from --launcher is not used: every route in the file has its own."], warnings);
    }

    [Fact]
    public void Path_GivenTwice_IsAProblemWithBothPlaces()
    {
        var problems = _sandbox.ProblemsOfYaml("routes:\n  - path: /a\n  - path: /b\n  - path: /a\n");
        Assert.Equal("routes[2].path = \"/a\" (kwb.yaml:4): is also the path of the route at kwb.yaml:2. Give each route its own path.",
            Assert.Single(problems).Replace(_sandbox.Folder + "/", ""));
    }

    [Fact]
    public void Script_MissingInRoutes_IsNamedWithItsRoute()
    {
        _sandbox.Environment["WSS_CONFIG_SCRIPT"] = "";
        var problems = _sandbox.ProblemsOfYaml($"routes:\n  - script: {_sandbox.Script}\n  - path: /b\n");
        Assert.StartsWith("routes[1].script (not set): is required.", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void InheritedProblem_OfManyRoutes_IsToldOnce()
    {
        var problems = _sandbox.ProblemsOfYaml("maxProcesses: 5\nroutes:\n  - path: /a\n  - path: /b\n", "-e", "nothing");
        Assert.StartsWith("phpExecutable = \"nothing\" (-e): is not found in PATH.", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("routes: []")]
    [InlineData("routes: /a")]
    [InlineData("routes: {path: /a}")]
    public void Routes_NotAListOfRoutes_IsAProblem(string yaml) =>
        Assert.StartsWith("routes (kwb.yaml:1): is not a list of at least one route.", Assert.Single(_sandbox.ProblemsOfYaml(yaml)), StringComparison.Ordinal);

    [Fact]
    public void Route_NotAMapping_IsAProblem() =>
        Assert.StartsWith("routes[1] (kwb.yaml:3): is not a route.",
            Assert.Single(_sandbox.ProblemsOfYaml("routes:\n  - path: /a\n  - /b\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("pol", "pool")]
    [InlineData("fastcg", "fastcgi")]
    public void Launcher_MisspeltInARoute_IsAProblem(string launcher, string meant) =>
        Assert.Equal($"routes[0].launcher = \"{launcher}\" (kwb.yaml:3): is not known; did you mean {meant}? Give auto, process, pool, fork or fastcgi.",
            Assert.Single(_sandbox.ProblemsOfYaml($"routes:\n  - path: /a\n    launcher: {launcher}\n")));

    [Fact]
    public void MaxConnections_OutsideARoute_IsNotTheRoutesDefault()
    {
        var bridge = _sandbox.LoadYaml("maxConnections: 9\nroutes:\n  - path: /a\n").Bridge;
        Assert.Equal((9, 0), (bridge.Admission.MaxConnections, bridge.Routes[0].MaxConnections));
    }
}
