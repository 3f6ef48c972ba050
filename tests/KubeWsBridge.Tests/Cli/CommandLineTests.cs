using KubeWsBridge.Cli;

namespace KubeWsBridge.Tests.Cli;

public class CommandLineTests
{
    [Theory]
    [InlineData("-a -d", "phpArgs=-d")]
    [InlineData("--php-arg=-d", "phpArgs=-d")]
    [InlineData("-a-d", "phpArgs=-d")]
    [InlineData("-a=-d", "phpArgs=-d")]
    [InlineData("--php-arg --help", "phpArgs=--help")]
    [InlineData("--php-arg --", "phpArgs=--")]
    [InlineData("-a -d -a x=1,2", "phpArgs=-d|x=1,2")]
    [InlineData("-M 5", "maxConnections=5")]
    [InlineData("-M5", "maxConnections=5")]
    [InlineData("-M=5", "maxConnections=5")]
    [InlineData("-M5 -M6", "maxConnections=6")]
    [InlineData("-m -5", "maxProcesses=-5")]
    [InlineData("--ignore-stdout", "ignoreStdout=true")]
    [InlineData("--ignore-stdout=false", "ignoreStdout=false")]
    [InlineData("--ignore-stdout check", "ignoreStdout=true")]
    [InlineData("--script=", "script=")]
    [InlineData("--script=a=b", "script=a=b")]
    [InlineData("--tls-alpn http/1.1,h2", "tlsAlpn=http/1.1|h2")]
    [InlineData("--tls-dns-param k=a,b", "tlsDnsParams=k=a,b")]
    [InlineData("--tls-acme-dir x", "tlsAcmeStateDir=x")]
    public void Parse_Flags_GiveSettings(string arguments, string setting)
    {
        var line = CommandLine.Parse(arguments.Split(' '));
        Assert.Empty(line.Errors);
        Assert.False(line.WantsHelp);
        var parsed = Assert.Single(line.Settings);
        Assert.Equal(setting, $"{parsed.Option}={string.Join('|', parsed.Values.Select(value => value.Text))}");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("check", "check")]
    [InlineData("config print -M5", "config print")]
    [InlineData("--config x config schema", "config schema")]
    [InlineData("--ignore-stdout check", "check")]
    [InlineData("-- check", "check")]
    [InlineData("-- --help", "--help")]
    [InlineData("-", "-")]
    public void Parse_Words_AreTheCommand(string arguments, string words)
    {
        var line = CommandLine.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(line.Errors);
        Assert.Equal(words, string.Join(' ', line.Words));
    }

    [Theory]
    [InlineData("--max-conections 5", "--max-conections is not a flag of this program; did you mean --max-connections?")]
    [InlineData("--maxConnections=5", "--maxConnections is not a flag of this program; did you mean --max-connections?")]
    [InlineData("--hlep", "--hlep is not a flag of this program; did you mean --help?")]
    [InlineData("-ws-port 5", "-ws-port is not a flag of this program; did you mean --ws-port?")]
    [InlineData("-x 5", "-x is not a flag of this program")]
    [InlineData("--bananas", "--bananas is not a flag of this program")]
    [InlineData("--ws-port", "--ws-port needs a value: a whole number from 0 to 65535.")]
    [InlineData("-P", "-P needs a value: a whole number from 0 to 65535.")]
    public void Parse_Mistake_IsAnError(string arguments, string error) =>
        Assert.Equal([error], CommandLine.Parse(arguments.Split(' ')).Errors);

    [Fact]
    public void Parse_Mistakes_AreToldTogether() => Assert.Equal(3, CommandLine.Parse(["--aaaa", "-x", "1", "--ws-prt", "2", "-M5"]).Errors.Count);

    [Theory]
    [InlineData("-h", true, false)]
    [InlineData("--help", true, false)]
    [InlineData("-V", false, true)]
    [InlineData("--version", false, true)]
    public void Parse_HelpAndVersion_AreSeen(string argument, bool help, bool version)
    {
        var line = CommandLine.Parse([argument]);
        Assert.Equal((help, version), (line.WantsHelp, line.WantsVersion));
    }
}
