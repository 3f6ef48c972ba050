using KubeWsBridge.Tests.Configuration;

namespace KubeWsBridge.Tests.Cli;

public sealed class CheckTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Check_GoodConfiguration_ExplainsWhatWouldRun()
    {
        var file = _sandbox.Write("kwb.yaml",
            $"""
            phpExecutable: php
            maxConnections: 256
            script: {_sandbox.Script}
            routes:
              - path: /chat
                origins: [https://a]
                maxConnections: 5
              - path: /rest/*
                launcher: process
            """);
        var run = await CommandRun.OfAsync(_sandbox.Environment, "check", "--config", file, "-P", "0", "-H", "::", "-B0.0.0.0");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        var lines = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("Clients         ws://[::]:chosen by the system", lines);
        Assert.Contains("Workers         call back 0.0.0.0, port chosen by the system", lines);
        Assert.Contains("maxProcesses = 64", lines);
        Assert.Contains("wsPort = 0  (-P)", lines);
        Assert.Contains($"routes[0].origins = [\"https://a\"]  ({file}:6)", lines);
        Assert.Contains($"routes[1].launcher = process  ({file}:9)", lines);
        // Written down, but the same as the default.
        Assert.DoesNotContain(lines, line => line.StartsWith("maxConnections", StringComparison.Ordinal) && line.Contains(file, StringComparison.Ordinal));
        Assert.Contains("is not a loopback address", run.Output, StringComparison.Ordinal);
        var text = string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"/chat php {_sandbox.Script}; launcher auto; upgrade when the worker is ready; origins https://a; at most 5 connections",
            text, StringComparison.Ordinal);
        Assert.Contains($"/rest/* php {_sandbox.Script}; launcher process;", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_UnixSocketForWorkers_HasNoPort()
    {
        var run = await CommandRun.OfAsync(_sandbox.Environment, "check", "-e", "php", "-s", _sandbox.Script, "-B", "unix:/run/kwb.sock");
        Assert.Contains("Workers         call back unix:/run/kwb.sock", run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Check_BadConfiguration_Is78()
    {
        var run = await CommandRun.OfAsync(_sandbox.Environment, "check", "-e", "php");
        Assert.Equal((78, ""), (run.Exit, run.Output));
        Assert.Contains("the configuration has 1 problem:", run.Error, StringComparison.Ordinal);
    }
}
