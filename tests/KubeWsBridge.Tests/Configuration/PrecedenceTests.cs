using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Tests.Configuration;

public sealed class PrecedenceTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    /// <summary>One option of each form: flag, values in file, variable and flag.</summary>
    public static TheoryData<string, string, string, string> Forms => new()
    {
        { "max-connections", "1", "2", "3" },
        { "connect-rate", "1.5", "2.5", "3.5" },
        { "connection-timeout", "1s", "2s", "3s" },
        { "buffer-size", "1", "2", "3" },
        { "log-level", "debug", "warn", "error" },
        { "ws-host", "127.0.0.1", "127.0.0.2", "127.0.0.3" },
        { "origin", "https://a", "https://b", "https://c" },
        { "trusted-proxy", "10.0.0.0/8", "loopback", "private" },
        { "php-arg", "-n", "-q", "-C" },
        { "upgrade", "early", "ready", "early" },
        { "ignore-stdout", "true", "false", "true" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Sources_AddedOneByOne_LaterOnesWin(string flag, string file, string variable, string argument)
    {
        var option = OptionTable.FindFlag(flag)!;
        var yaml = $"{option.Key}: {file}\n";
        Assert.Equal(SourceKind.Default, _sandbox.LoadSound().Values[option].Source.Kind);

        AssertValue(_sandbox.LoadYaml(yaml), option, file, SourceKind.File);
        _sandbox.Environment[option.Variable] = variable;
        AssertValue(_sandbox.LoadYaml(yaml), option, variable, SourceKind.Environment);
        AssertValue(_sandbox.LoadYaml(yaml, $"--{flag}={argument}"), option, argument, SourceKind.Flag);
    }

    [Fact]
    public void Flag_GivenTwice_LastWins() => Assert.Equal("2", Sandbox.Show(_sandbox.LoadSound("-M1", "--max-connections", "2"), "max-connections"));

    [Fact]
    public void ListFlag_GivenTwice_Adds() =>
        Assert.Equal(["-d", "memory_limit=1G"], _sandbox.LoadSound("-a", "-d", "--php-arg=memory_limit=1G").Bridge.Routes[0].Arguments);

    [Fact]
    public void PhpArgs_InVariable_AreSplitAtSpacesAndCommas()
    {
        _sandbox.Environment["WSS_CONFIG_PHP_ARGS"] = "-n, -d  memory_limit=1G,-q";
        Assert.Equal(["-n", "-d", "memory_limit=1G", "-q"], _sandbox.LoadSound().Bridge.Routes[0].Arguments);
    }

    [Fact]
    public void PhpArg_WithCommaOnCommandLineOrInList_IsOne()
    {
        Assert.Equal(["-ddisable_functions=exec,system"],
            _sandbox.LoadSound("-a-ddisable_functions=exec,system").Bridge.Routes[0].Arguments);
        Assert.Equal(["-ddisable_functions=exec,system"],
            _sandbox.LoadYaml("phpArgs: ['-ddisable_functions=exec,system']").Bridge.Routes[0].Arguments);
    }

    [Fact]
    public void Origin_WithCommaOnCommandLine_IsSeveral() =>
        Assert.Equal(["https://a", "https://b"], _sandbox.LoadSound("--origin", "https://a,https://b").Bridge.Routes[0].Origins);

    [Fact]
    public void BadValue_OverriddenByAGoodOne_DoesNotMatter()
    {
        _sandbox.Environment["WSS_CONFIG_WS_PORT"] = "none";
        Assert.Equal(1, _sandbox.LoadSound("-P1").Program.Listeners[0].Port);
    }

    [Fact]
    public void Variable_Empty_IsNotSet()
    {
        _sandbox.Environment["WSS_CONFIG_WS_PORT"] = "";
        Assert.Equal(8080, _sandbox.LoadSound().Program.Listeners[0].Port);
    }

    [Fact]
    public void YamlKey_WithoutValue_IsNotSet()
    {
        Assert.Equal(8080, _sandbox.LoadYaml("wsPort:\nmaxConnections: ~\norigins: null\nroutes:\n").Program.Listeners[0].Port);
        Assert.Equal(256, _sandbox.LoadYaml("maxConnections: ~").Bridge.Admission.MaxConnections);
    }

    [Fact]
    public void ConfigFile_ByVariableAndFlag_FlagWins()
    {
        _sandbox.Environment["WSS_CONFIG_FILE"] = _sandbox.Write("other.yaml", "wsPort: 1");
        Assert.Equal(1, _sandbox.LoadSound().Program.Listeners[0].Port);
        var configuration = _sandbox.LoadYaml("wsPort: 2");
        Assert.Equal(2, configuration.Program.Listeners[0].Port);
        Assert.EndsWith("kwb.yaml", configuration.Program.ConfigFile, StringComparison.Ordinal);
    }

    [Fact]
    public void Preset_OfACommand_IsWeakerThanTheFile()
    {
        ConfigurationInput input = new()
        {
            Environment = _sandbox.Environment,
            Presets =
            [
                Setting.From(SettingSource.Preset("demo"), CoreOptions.PhpExecutable, "php"),
                Setting.From(SettingSource.Preset("demo"), CoreOptions.Script, _sandbox.Script),
                Setting.From(SettingSource.Preset("demo"), CoreOptions.WsPort, "1"),
            ],
        };
        Assert.Equal(1, ConfigurationLoader.Load(input).Configuration!.Program.Listeners[0].Port);
        _sandbox.Environment["WSS_CONFIG_FILE"] = _sandbox.Write("kwb.yaml", "wsPort: 2");
        Assert.Equal(2, ConfigurationLoader.Load(input).Configuration!.Program.Listeners[0].Port);
    }

    private static void AssertValue(LoadedConfiguration configuration, OptionDefinition option, string value, SourceKind source)
    {
        Assert.Equal(value, Sandbox.Show(configuration, option.Flag));
        Assert.Equal(source, configuration.Values[option].Source.Kind);
    }
}
