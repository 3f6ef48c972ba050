using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.Php;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class PhpProbeTests
{
    [Theory]
    [InlineData("php", true)]
    [InlineData("/opt/php-8.3/bin/php8.3", true)]
    [InlineData("/bin/sh", false)]
    [InlineData("python3", false)]
    [InlineData("/opt/php/worker", false)] // the folder says nothing
    public void LooksLikePhp_ByItsName(string executable, bool expected) => Assert.Equal(expected, PhpProbe.LooksLikePhp(executable));

    [Fact]
    public void Parse_WholeAnswer_HasTheFacts()
    {
        var facts = PhpProbe.Parse("printed by a prepended file\nkubewsbridge\ncli\n8.2.29\npcntl posix\n/app/prepend.php\n1\n/tmp/opcache\n");

        Assert.Equal(("8.2.29", "/app/prepend.php", true, "/tmp/opcache"), (facts!.Version, facts.AutoPrependFile, facts.HasOpcache, facts.OpcacheFileCache));
        Assert.Equal(["pcntl", "posix"], facts.MissingExtensions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kubewsbridge\ncgi-fcgi\n8.2.29\n\n\n\n\n")]
    [InlineData("kubewsbridge\ncli\n8.2.29")]
    public void Parse_NoSuchAnswer_IsNone(string answer) => Assert.Null(PhpProbe.Parse(answer));

    [Fact]
    public async Task Ask_TheSameTwice_StartsOneProcess()
    {
        var folder = Directory.CreateTempSubdirectory("kwb-");
        try
        {
            var php = Path.Join(folder.FullName, "php");
            await Launches.CreateFileAsync(php, "#!/bin/sh\necho x >> \"$0.asked\"\nprintf 'kubewsbridge\\ncli\\n9.9.9\\n\\n\\n\\n\\n'\n", "700");
            var (probe, plan) = (new PhpProbe(), new LaunchPlan { Executable = php });

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => probe.AskAsync(plan, Launches.Context()))).WaitAsync(Launches.Patience);

            Assert.All(answers, facts => Assert.Equal("9.9.9", facts!.Version));
            Assert.Equal("x\n", File.ReadAllText(php + ".asked"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
