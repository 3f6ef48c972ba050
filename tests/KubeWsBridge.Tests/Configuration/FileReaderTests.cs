using System.Globalization;

namespace KubeWsBridge.Tests.Configuration;

public sealed class FileReaderTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    public void File_WithNothingInIt_IsFine(string yaml) => Assert.Equal(8080, _sandbox.LoadYaml(yaml).Program.Listeners[0].Port);

    [Fact]
    public void File_InJson_IsYaml() => Assert.Equal(9, _sandbox.LoadYaml("""{"wsPort": 9, "origins": ["https://a"]}""").Program.Listeners[0].Port);

    [Fact]
    public void Anchor_Used_IsItsValue() =>
        Assert.Equal([["https://a"], ["https://a"]],
            _sandbox.LoadYaml("routes:\n- {path: /a, origins: &o [https://a]}\n- {path: /b, origins: *o}\n").Bridge.Routes.Select(route => route.Origins));

    [Theory]
    [InlineData("phpArg: -n")]
    [InlineData("phpArgs: [-n]")]
    [InlineData("phpArgs:\n  - -n")]
    [InlineData("phpArgs: '-n'")]
    public void List_SingularPluralScalarOrList_IsTheSame(string yaml) =>
        Assert.Equal(["-n"], _sandbox.LoadYaml(yaml).Bridge.Routes[0].Arguments);

    [Theory]
    [InlineData("origin", "origins")]
    [InlineData("subprotocol", "subprotocols")]
    [InlineData("trustedProxy", "trustedProxies")]
    [InlineData("phpArg", "phpArgs")]
    [InlineData("tlsDomain", "tlsDomains")]
    [InlineData("tlsDnsParam", "tlsDnsParams")]
    public void Key_SingularAndPlural_IsGivenTwice(string singular, string plural) =>
        Assert.Contains($"{plural} (kwb.yaml:2): is given twice; {singular} is also in line 1. Remove one of them.",
            _sandbox.ProblemsOfYaml($"{singular}:\n{plural}:\n"));

    [Theory]
    [InlineData("wsPort: 1\nwsPort: 1\n", "wsPort (kwb.yaml:2): is given twice; wsPort is also in line 1. Remove one of them.")]
    [InlineData("a: 1\na: 1\n", "a (kwb.yaml:2): is given twice; a is also in line 1. Remove one of them.")]
    [InlineData("routes:\n- path: /a\n  path: /b\n",
        "routes[0].path (kwb.yaml:3): is given twice; path is also in line 2. Remove one of them.")]
    [InlineData("ws-port: 1\n", "ws-port (kwb.yaml:1): is not known. Did you mean wsPort?")]
    [InlineData("config: x\n", "config (kwb.yaml:1): is not known. Give it on the command line or in the environment.")]
    [InlineData("bananas: x\n", "bananas (kwb.yaml:1): is not known. Remove it; \"kubewsbridge config schema\" lists all keys.")]
    [InlineData("<<: {}\n", "<< (kwb.yaml:1): is not known. Remove it; \"kubewsbridge config schema\" lists all keys.")]
    [InlineData("routes:\n- path: /a\n  wsPort: 1\n", "routes[0].wsPort (kwb.yaml:3): is not known.")]
    [InlineData("wsPort: [1]\n", "wsPort (kwb.yaml:1): takes one plain value. Give a whole number from 0 to 65535.")]
    [InlineData("origins: [[https://a]]\n", "origins (kwb.yaml:1): is not a list of plain values.")]
    [InlineData("origins: {a: b}\n", "origins (kwb.yaml:1): is not a list of plain values.")]
    [InlineData("- wsPort\n", "YAML (kwb.yaml:1): is not a list of keys.")]
    [InlineData("wsPort\n", "YAML (kwb.yaml:1): is not a list of keys.")]
    public void Content_Wrong_IsAProblemWithItsLine(string yaml, string start) =>
        Assert.Contains(_sandbox.ProblemsOfYaml(yaml), problem => problem.StartsWith(start, StringComparison.Ordinal));

    [Theory]
    [InlineData("wsPort: 1\nx: [\n", 3)]
    [InlineData("wsPort: 1\n\tx: 1\n", 2)]
    [InlineData("wsPort: 1\n---\nwsPort: 2\n", 2)]
    [InlineData("wsPort: 1\nwsHost: *nothing\n", 2)]
    [InlineData("wsPort: \"1\n", 0)]
    [InlineData("[a]: b\n", 1)]
    public void Text_NotYaml_IsOneProblemWithItsLine(string yaml, int line)
    {
        // Nothing is said to be missing when nothing could be read.
        _sandbox.Environment["WSS_CONFIG_SCRIPT"] = "";
        var problem = Assert.Single(_sandbox.ProblemsOfYaml(yaml));
        Assert.StartsWith("YAML (kwb.yaml:", problem, StringComparison.Ordinal);
        Assert.Contains("cannot be read: ", problem, StringComparison.Ordinal);
        if (line > 0)
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"YAML (kwb.yaml:{line})"), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void File_Missing_IsAProblemOfTheFlagOrVariable()
    {
        var missing = Path.Combine(_sandbox.Folder, "missing.yaml");
        var byFlag = Assert.Single(_sandbox.Load("--config", missing).Problems);
        Assert.Equal(("config", missing, "--config"), (byFlag.Key, byFlag.Value, byFlag.Source));
        _sandbox.Environment["WSS_CONFIG_FILE"] = _sandbox.Folder;
        Assert.Equal("WSS_CONFIG_FILE", Assert.Single(_sandbox.Load().Problems).Source);
    }
}
