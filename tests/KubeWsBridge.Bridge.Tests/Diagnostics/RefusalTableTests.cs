using System.Globalization;
using System.Text;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.Diagnostics;

public class RefusalTableTests
{
    public static TheoryData<string> Names => [.. Refusals.All.Select(refusal => refusal.Name)];

    [Fact]
    public void All_EveryField_IsListed() =>
        Assert.Equal(
            typeof(Refusals).GetFields().Where(field => field.FieldType == typeof(Refusal)).Select(field => field.GetValue(null)),
            Refusals.All);

    [Fact]
    public void All_NamesAndEventIds_AreUnique()
    {
        Assert.Equal(Refusals.All.Count, Refusals.All.Select(refusal => refusal.Name).Distinct().Count());
        Assert.Equal(Refusals.All.Count, Refusals.All.Select(refusal => refusal.EventId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_Always_CanBeSaid(string name)
    {
        var refusal = Refusals.All.Single(row => row.Name == name);

        Assert.Matches("^[a-z]+(-[a-z]+)*$", refusal.Name);
        Assert.True(refusal.HttpStatus is not null || refusal.CloseCode is not null);
        Assert.True(refusal.HttpStatus is null or (>= 400 and < 600));
        Assert.True(refusal.CloseCode is not { } code || CloseCode.MayBeReceived(code));
        Assert.InRange(Encoding.UTF8.GetByteCount(refusal.Reason), 1, 123);
        Assert.InRange(refusal.EventId, EventRanges.Refusals, EventRanges.Refusals + 50);
        Assert.EndsWith(".", refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_InTheRepository_IsCurrent()
    {
        var file = Path.Combine(RepositoryRoot(), "docs", "refusals.md");
        if (Environment.GetEnvironmentVariable("KWB_UPDATE_DOCS") == "1")
            File.WriteAllText(file, Page());
        Assert.True(File.Exists(file) && File.ReadAllText(file) == Page(),
            "docs/refusals.md is not what the table of refusals makes; run the tests once with KWB_UPDATE_DOCS=1.");
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Refusals

            Every way in which the bridge turns a connection away or ends it. Before the upgrade the client gets the HTTP status, afterwards the close code;
            the name is in the log line and in the metric `kubewsbridge.refusals`. "Soon" adds a `Retry-After` with jitter to the HTTP answer.

            Made from `src/KubeWsBridge.Bridge/Diagnostics/Refusals.cs`; a test keeps it current.

            | name | HTTP | close | what the client is told | try again | event | what to change |
            |---|---|---|---|---|---|---|

            """);
        foreach (var row in Refusals.All)
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{row.Name}` | {row.HttpStatus} | {row.CloseCode} | {row.Reason} | {row.Retry.ToString().ToLowerInvariant()} | {row.EventId} | {row.Advice} |\n");
        return page.ToString();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KubeWsBridge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        return folder.FullName;
    }
}
