using KubeWsBridge.Behaviour.Conformance.Sections;

namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>RFC 6455 sections 5 to 8, rule by rule, against the real program; close codes must match and the stream must end properly.</summary>
public class ConformanceTests(EchoBridge echo) : IClassFixture<EchoBridge>
{
    private static readonly Dictionary<string, ConformanceCase> Cases = AllSections.Cases.ToDictionary(c => c.Id);

    public static TheoryData<string, string, string> Rules()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var rule in AllSections.Cases)
        {
            data.Add(rule.Id, rule.Title, "HTTP/1.1");
            data.Add(rule.Id, rule.Title, "HTTP/2");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rfc6455_Rule_IsKept(string id, string title, string transport)
    {
        _ = title;
        await using var connection = await echo.Transport(transport).ConnectAsync(echo.Bridge.Port);
        await ConformanceRun.RunAsync(Cases[id], connection);
    }

    [Fact]
    public void Cases_AreManyAndDistinct()
    {
        Assert.True(AllSections.Cases.Count >= 150, $"{AllSections.Cases.Count} cases");
        Assert.Equal(AllSections.Cases.Count, AllSections.Cases.Select(c => c.Title).Distinct().Count());
        Assert.Equal(AllSections.Cases.Count, Cases.Count);
    }
}
