using KubeWsBridge.Configuration;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Tests.Configuration;

public sealed class AncestorTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Tables_Count_IsThatOfThePage() =>
        Assert.Equal((15, 3, 17), (AncestorTables.Core.Length, AncestorTables.Tuning.Length, AncestorTables.Tls.Length));

    [Theory]
    [MemberData(nameof(AncestorTables.Working), MemberType = typeof(AncestorTables))]
    public void LongFlag_WithValueBehind_Sets(string flag)
    {
        var row = AncestorTables.Row(flag);
        Assert.Equal(Printed(row), Sandbox.Show(_sandbox.LoadSound(row.Flag, Sample(row)), flag[2..]));
    }

    [Theory]
    [MemberData(nameof(AncestorTables.Working), MemberType = typeof(AncestorTables))]
    public void LongFlag_WithEqualsSign_Sets(string flag)
    {
        var row = AncestorTables.Row(flag);
        Assert.Equal(Printed(row), Sandbox.Show(_sandbox.LoadSound($"{row.Flag}={Sample(row)}"), flag[2..]));
    }

    [Theory]
    [MemberData(nameof(AncestorTables.Working), MemberType = typeof(AncestorTables))]
    public void ShortFlag_ApartAndTogether_Sets(string flag)
    {
        var row = AncestorTables.Row(flag);
        if (row.Letter.Length == 0)
        {
            Assert.Null(OptionTable.FindFlag(flag[2..])!.Short);
            return;
        }
        Assert.Equal(Printed(row), Sandbox.Show(_sandbox.LoadSound(row.Letter, Sample(row)), flag[2..]));
        Assert.Equal(Printed(row), Sandbox.Show(_sandbox.LoadSound(row.Letter + Sample(row)), flag[2..]));
    }

    [Theory]
    [MemberData(nameof(AncestorTables.Working), MemberType = typeof(AncestorTables))]
    public void Variable_Set_Sets(string flag)
    {
        var row = AncestorTables.Row(flag);
        _sandbox.Environment[row.Variable] = Sample(row);
        var configuration = _sandbox.LoadSound();
        Assert.Equal(Printed(row), Sandbox.Show(configuration, flag[2..]));
        Assert.Equal(row.Variable, configuration.Values[OptionTable.FindFlag(flag[2..])!].Source.Text);
    }

    [Theory]
    [MemberData(nameof(AncestorTables.Working), MemberType = typeof(AncestorTables))]
    public void YamlKey_Set_Sets(string flag)
    {
        var row = AncestorTables.Row(flag);
        var option = OptionTable.FindFlag(flag[2..])!;
        _sandbox.Environment["WSS_CONFIG_PHP_EXECUTABLE"] = flag == "--php-executable" ? "" : "php";
        _sandbox.Environment["WSS_CONFIG_SCRIPT"] = flag == "--script" ? "" : _sandbox.Script;
        Assert.Equal(Printed(row), Sandbox.Show(_sandbox.LoadYaml($"{option.Key}: {Sample(row)}\n"), flag[2..]));
    }

    [Theory]
    [MemberData(nameof(AncestorTables.All), MemberType = typeof(AncestorTables))]
    public void Default_NothingSet_IsThatOfThePage(string flag)
    {
        var row = AncestorTables.Row(flag);
        var option = OptionTable.FindFlag(flag[2..])!;
        var expected = row.Default.Length == 0 ? null : option.Form.Print(option.Form.Read(row.Default, out _)!);
        Assert.Equal(flag == "--tls-mode" ? "none" : expected, option.PrintedDefault);
    }

    [Theory]
    [MemberData(nameof(AncestorTables.All), MemberType = typeof(AncestorTables))]
    public void Variable_OfThePage_IsTheMainOne(string flag) =>
        Assert.Equal(AncestorTables.Row(flag).Variable, OptionTable.FindFlag(flag[2..])!.Variable);

    [Theory]
    [InlineData("--php-executable")]
    [InlineData("--script")]
    public void RequiredFlag_Missing_IsAProblem(string flag)
    {
        var problems = _sandbox.LoadBare().Problems;
        Assert.Contains(problems, problem => problem.Source == "not set" && problem.Fix.Contains(flag, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AncestorTables.TlsFlags), MemberType = typeof(AncestorTables))]
    public void TlsOption_ByFlag_IsMissingTls(string flag)
    {
        var row = AncestorTables.Row(flag);
        AssertMeaningless(_sandbox.Load($"{row.Flag}={row.Sample}").Problems, row.Flag, row);
    }

    [Theory]
    [MemberData(nameof(AncestorTables.TlsFlags), MemberType = typeof(AncestorTables))]
    public void TlsOption_ByVariable_IsMissingTls(string flag)
    {
        var row = AncestorTables.Row(flag);
        _sandbox.Environment[row.Variable] = row.Sample;
        AssertMeaningless(_sandbox.Load().Problems, row.Variable, row);
    }

    [Theory]
    [MemberData(nameof(AncestorTables.TlsFlags), MemberType = typeof(AncestorTables))]
    public void TlsOption_InFile_IsMissingTls(string flag)
    {
        var row = AncestorTables.Row(flag);
        var file = _sandbox.Write("kwb.yaml", $"# comment\n{OptionTable.FindFlag(flag[2..])!.Key}: {row.Sample}\n");
        AssertMeaningless(_sandbox.Load("--config", file).Problems, file + ":2", row);
    }

    [Theory]
    [MemberData(nameof(AncestorTables.AcmeFlags), MemberType = typeof(AncestorTables))]
    public void AcmeOption_WithoutAutomate_IsReadAndWarnedOf(string flag)
    {
        var row = AncestorTables.Row(flag);
        var warning = Assert.Single(_sandbox.LoadSound($"{row.Flag}={row.Sample}").Warnings);
        Assert.Equal($"{OptionTable.FindFlag(flag[2..])!.Key} from {row.Flag} is not used: it belongs to --tls-mode automate.", warning);
    }

    // Alone, without a mode, each of them is a slip; that it is found at its place shows that it was read from there.
    private static void AssertMeaningless(IReadOnlyList<ConfigurationProblem> problems, string source, AncestorRow row)
    {
        var problem = Assert.Single(problems);
        Assert.Equal((OptionTable.FindFlag(row.Flag[2..])!.Key, source), (problem.Key, problem.Source));
        Assert.StartsWith("means nothing without TLS, and tlsMode is none (default).", problem.Message, StringComparison.Ordinal);
        Assert.Equal(row.Sample, problem.Value?.Replace(", ", ",", StringComparison.Ordinal));
    }

    [Fact]
    public void TlsMode_None_IsAccepted() => Assert.Equal("none", Sandbox.Show(_sandbox.LoadSound("--tls-mode", "none"), "tls-mode"));

    private string Sample(AncestorRow row) => row.Sample.Replace("{script}", _sandbox.Script, StringComparison.Ordinal);

    private string Printed(AncestorRow row) => row.Printed ?? Sample(row);
}
