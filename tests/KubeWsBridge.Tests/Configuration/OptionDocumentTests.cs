using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Printing;

namespace KubeWsBridge.Tests.Configuration;

public class OptionDocumentTests
{
    [Fact]
    public void Page_InTheRepository_IsCurrent()
    {
        var file = Path.Combine(RepositoryRoot(), "docs", "options.md");
        var page = OptionDocument.Write();
        if (Environment.GetEnvironmentVariable("KWB_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
        }
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == page,
            "docs/options.md is not what the option table makes; run the tests once with KWB_UPDATE_DOCS=1.");
    }

    [Fact]
    public void Page_EveryOption_IsThere()
    {
        var page = OptionDocument.Write();
        foreach (var option in OptionTable.All)
            Assert.Contains($"`--{option.Flag}`", page, StringComparison.Ordinal);
        foreach (var option in RouteOptionTable.All)
            Assert.Contains($"\n| `{option.Key}` |", page, StringComparison.Ordinal);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KubeWsBridge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        return folder.FullName;
    }
}
