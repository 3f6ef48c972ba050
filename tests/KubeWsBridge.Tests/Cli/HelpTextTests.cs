using KubeWsBridge.Cli;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Tests.Configuration;

namespace KubeWsBridge.Tests.Cli;

public class HelpTextTests
{
    private static readonly string Text = Write();

    [Fact]
    public void Help_EveryOption_HasItsNamesAndDefault()
    {
        foreach (var option in OptionTable.All)
        {
            Assert.Matches($@"(?m)^  (-\w,|   ) --{option.Flag}( <|\.\.\.|\s)", Text);
            Assert.Contains($"[env: {option.Variable}]", Text, StringComparison.Ordinal);
            Assert.Equal(option.IsInFile, Text.Contains($"[yaml: {option.Key}]", StringComparison.Ordinal));
            Assert.True(option.PrintedDefault is null || Text.Contains($"[default: {option.PrintedDefault}]", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Help_EveryFlagOfTheAncestor_IsThereWithItsShort()
    {
        foreach (var row in AncestorTables.Core.Concat(AncestorTables.Tuning).Concat(AncestorTables.Tls))
            Assert.Contains(row.Letter.Length > 0 ? $"{row.Letter}, {row.Flag}" : $"    {row.Flag}", Text, StringComparison.Ordinal);
        Assert.Contains("-h, --help", Text, StringComparison.Ordinal);
        Assert.Contains("-V, --version", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_EveryCommand_IsThere()
    {
        foreach (var command in Commands.All)
            Assert.Contains($"\n  {command.Name} ", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_Lines_FitIn100Columns() => Assert.All(Text.Split('\n'), line => Assert.True(line.Length <= 100, line));

    [Fact]
    public void Help_Lines_EndWithoutSpaces() => Assert.All(Text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));

    private static string Write()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new HelpText(writer).Write();
        return writer.ToString();
    }
}
