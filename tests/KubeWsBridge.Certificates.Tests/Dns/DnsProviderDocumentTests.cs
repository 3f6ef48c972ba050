using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Certificates.Tests.Dns;

public class DnsProviderDocumentTests
{
    [Fact]
    public void Page_InTheRepository_IsCurrent()
    {
        var file = Path.Combine(RepositoryRoot(), "docs", "dns-providers.md");
        var page = DnsProviderDocument.Write();
        if (Environment.GetEnvironmentVariable("KWB_UPDATE_DOCS") == "1")
            File.WriteAllText(file, page);
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == page,
            "docs/dns-providers.md is not what the table of providers makes; run the tests once with KWB_UPDATE_DOCS=1.");
    }

    [Fact]
    public void Page_EveryProviderAndParameter_IsThere()
    {
        var page = DnsProviderDocument.Write();
        foreach (var definition in DnsProviderTable.All)
        {
            Assert.Contains($"\n## {definition.Title}\n", page, StringComparison.Ordinal);
            Assert.All(definition.Parameters, parameter => Assert.Contains($"| `{parameter.Key}` |", page, StringComparison.Ordinal));
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KubeWsBridge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        return folder.FullName;
    }
}
