using System.Text.Json;
using KubeWsBridge.Tests.Configuration;

namespace KubeWsBridge.Tests.Cli;

public sealed class CommandsTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("run ")]
    public async Task Run_GoodConfiguration_StartsTheHostAndPassesItsExitOn(string command)
    {
        var run = await RunAsync($"{command}-e php -s {_sandbox.Script} -M 7");
        Assert.Equal(CommandRun.HostExit, run.Exit);
        Assert.Equal(7, run.Hosted!.Bridge.Admission.MaxConnections);
        Assert.Equal("", run.Output + run.Error);
    }

    [Fact]
    public async Task Run_BadConfiguration_Is78AndStartsNothing()
    {
        var run = await RunAsync("-P99999 -M0");
        Assert.Equal((78, null, ""), (run.Exit, run.Hosted, run.Output));
        Assert.StartsWith("kubewsbridge: the configuration has 4 problems:\n  wsPort = \"99999\" (-P): ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Called_GoesToTheDemo() => Assert.True((await RunAsync("demo")).Demo);

    [Theory]
    [InlineData("--bananas", "kubewsbridge: --bananas is not a flag of this program\n")]
    [InlineData("chek", "kubewsbridge: \"chek\" is not a command of this program; did you mean check?\n")]
    [InlineData("config", "kubewsbridge: \"config\" is not a command of this program; there is config print and config schema\n")]
    [InlineData("config show", "kubewsbridge: \"config show\" is not a command of this program; there is config print and config schema\n")]
    [InlineData("check this", "kubewsbridge: check takes no \"this\"; values follow a flag, such as --script FILE\n")]
    [InlineData("script.php", "kubewsbridge: \"script.php\" is not a command of this program\n")]
    public async Task Usage_Wrong_Is64WithAHint(string arguments, string error)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((64, "", error + "Try \"kubewsbridge --help\".\n"), (run.Exit, run.Output, run.Error));
    }

    [Fact]
    public async Task Drain_NobodyThere_Is1AndSaysWhere()
    {
        var run = await RunAsync("drain --wait --management-address 127.0.0.1:9");
        Assert.Equal(1, run.Exit);
        Assert.StartsWith("kubewsbridge: nobody answers at 127.0.0.1:9: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxConnections: many")]
    [InlineData("maxConnections: 5\nbananas: 3")]
    [InlineData("routes: no\nmanagementOpen: maybe")]
    [InlineData("phpExecutable: /nowhere\nscript: /nowhere\nlogLevel: [1, 2]")]
    public async Task Healthcheck_MistakesInTheFileThatAreNotItsBusiness_AsksAllTheSame(string mistakes)
    {
        _sandbox.Environment["WSS_CONFIG_FILE"] = _sandbox.Write("kwb.yaml", $"managementAddress: 127.0.0.1:9\n{mistakes}\n");

        foreach (var command in new[] { "healthcheck", "drain --wait" })
        {
            var run = await RunAsync(command);
            Assert.Equal(1, run.Exit);
            Assert.StartsWith("kubewsbridge: nobody answers at 127.0.0.1:9: ", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("managementAddress: nowhere", "managementAddress = \"nowhere\"")]
    [InlineData("managementAddress: [127.0.0.1:9, 127.0.0.1:10]", "managementAddress (")]
    [InlineData("managementTokenFile: /nowhere/token", "managementTokenFile = \"/nowhere/token\"")]
    public async Task Healthcheck_MistakesInWhatItNeeds_Is78AndTellsOnlyOfThose(string mistake, string told)
    {
        _sandbox.Environment["WSS_CONFIG_FILE"] = _sandbox.Write("kwb.yaml", $"maxConnections: many\n{mistake}\n");

        var run = await RunAsync("healthcheck");

        Assert.Equal(78, run.Exit);
        Assert.StartsWith($"kubewsbridge: the configuration has 1 problem:\n  {told}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("managementAddress: nowhere")]
    [InlineData("managementAddress: [127.0.0.1:9, 127.0.0.1:10]")]
    public async Task Healthcheck_MistakeInTheFileThatAFlagOverrides_AsksAllTheSame(string mistake)
    {
        _sandbox.Environment["WSS_CONFIG_FILE"] = _sandbox.Write("kwb.yaml", mistake);

        var run = await RunAsync("healthcheck --management-address 127.0.0.1:9");

        Assert.StartsWith("kubewsbridge: nobody answers at 127.0.0.1:9: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxConnections: 5: 6")]
    [InlineData("- a list")]
    [InlineData(null)]
    public async Task Healthcheck_FileThatCannotBeRead_SaysSoAndAsksWhereTheVariableSays(string? text)
    {
        _sandbox.Environment["WSS_CONFIG_FILE"] = text is null ? "/nowhere/kwb.yaml" : _sandbox.Write("kwb.yaml", text);
        _sandbox.Environment["WSS_CONFIG_MANAGEMENT_ADDRESS"] = "127.0.0.1:9";

        var run = await RunAsync("healthcheck");

        Assert.Equal(1, run.Exit);
        Assert.StartsWith("kubewsbridge: The configuration file is left out: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("nobody answers at 127.0.0.1:9", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    [InlineData("-V")]
    [InlineData("-V -P nonsense")]
    public async Task Version_Asked_IsPrinted(string arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((0, "kubewsbridge 0.1.0\n"), (run.Exit, run.Output));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("check -h")]
    [InlineData("help check")]
    [InlineData("--bananas --help")]
    public async Task Help_Asked_IsPrinted(string arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("Usage: kubewsbridge", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigPrint_Output_LoadsAgain()
    {
        var printed = await RunAsync($"config print -e php -s {_sandbox.Script} -M 7");
        Assert.Equal(0, printed.Exit);
        var again = await RunAsync($"--config {_sandbox.Write("printed.yaml", printed.Output)}");
        Assert.Equal(7, again.Hosted!.Bridge.Admission.MaxConnections);
    }

    [Fact]
    public async Task ConfigPrint_BadConfiguration_Is78() => Assert.Equal(78, (await RunAsync("config print")).Exit);

    [Fact]
    public async Task ConfigSchema_WithoutAnyConfiguration_IsJson()
    {
        var run = await RunAsync("config schema");
        Assert.Equal(0, run.Exit);
        using var schema = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Object, schema.RootElement.ValueKind);
    }

    private Task<CommandRun> RunAsync(string arguments) =>
        CommandRun.OfAsync(_sandbox.Environment, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
