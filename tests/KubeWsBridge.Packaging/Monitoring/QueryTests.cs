using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeWsBridge.Packaging.Charts;
using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Monitoring;

/// <summary>Alerts, dashboard and scaling ask only for what the program exports.</summary>
public sealed partial class QueryTests(Rendered rendered) : IClassFixture<Rendered>
{
    // Labels of the instruments, of the exporter, and those that Prometheus' Kubernetes discovery adds.
    private static readonly string[] Labels = ["state", "name", "end", "code", "launcher", "direction", "le", "namespace", "pod"];

    private static readonly string Files = Path.Combine(Chart.Folder, "files");

    [Fact]
    public void Query_OfAlertsAndDashboard_NamesOnlyMetricsThatExist()
    {
        var names = Queries().SelectMany(query => Metric().Matches(query)).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(name, ExportedMetrics.Names));
    }

    [Fact]
    public void Query_OfAlertsAndDashboard_NamesOnlyLabelsThatExist()
    {
        var labels = Queries().SelectMany(query => Grouping().Matches(query).SelectMany(match => match.Groups[1].Value.Split(", "))
            .Concat(Matcher().Matches(query).Select(match => match.Groups[1].Value))).ToHashSet();

        Assert.All(labels, label => Assert.Contains(label, Labels));
    }

    [Fact]
    public void Refusal_ThatAlertsLeaveOut_IsOneOfTheTable()
    {
        var names = Queries().SelectMany(query => LeftOut().Matches(query)).SelectMany(match => match.Groups[1].Value.Split('|')).ToArray();
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "refusals.md"));

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"| `{name}` |", table, StringComparison.Ordinal));
    }

    [Fact]
    public void End_ThatAlertsCallAFailureOfTheHandler_IsEveryOneOfTheTableThatClosesWith1011()
    {
        var ends = Queries().SelectMany(query => Ends().Matches(query)).SelectMany(match => match.Groups[1].Value.Split('|')).Where(end => end != "worker-closed");
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "refusals.md"));

        Assert.Equal(Failure().Matches(table).Select(match => match.Groups[1].Value).Order(), ends.Order());
    }

    [Fact]
    public async Task Name_OfEveryInstrument_IsTheOneThePrometheusPageHas()
    {
        var page = await OperatorsPage.FetchAsync();

        var shown = Metric().Matches(page).Select(match => match.Value).Where(name => !name.EndsWith("_created", StringComparison.Ordinal)).ToHashSet();
        Assert.Contains("kubewsbridge_capacity_sessions", shown);
        Assert.All(Series().Matches(page), series => Assert.Contains(series.Groups[1].Value, ExportedMetrics.Names));
    }

    [Fact]
    public async Task Alerts_OfTheChart_FireWhenTheyShould()
    {
        var rules = Path.Combine(Files, "alerts.yaml");
        var promtool = Peers.Find("promtool", "apt-get install prometheus");
        (await Command.RunAsync(promtool, "check", "rules", "--lint-fatal", rules)).Succeeded();

        // promtool looks for rule files beside the tests.
        using var scratch = new Scratch();
        File.Copy(rules, scratch.File("alerts.yaml"));
        File.Copy(Path.Combine(Repository.Root, "tests", "KubeWsBridge.Packaging", "Monitoring", "alerts.test.yaml"), scratch.File("alerts.test.yaml"));
        var tested = await Command.RunAsync(promtool, "test", "rules", scratch.File("alerts.test.yaml"));

        Assert.Contains("SUCCESS", tested.Succeeded(), StringComparison.Ordinal);
    }

    private IEnumerable<string> Queries()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(Files, "dashboard.json")))!;
        var targets = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!);
        var rules = rendered.One("monitoring", "PrometheusRule")["spec"]!["groups"]!.AsArray()
            .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => (string)rule!["expr"]!);
        var scaling = rendered.One("keda", "ScaledObject")["spec"]!["triggers"]![0]!["metadata"]!["query"]!;
        return [.. targets, .. rules, (string)scaling!, (string)rendered.One("hpa", "HorizontalPodAutoscaler")["spec"]!["metrics"]![0]!["pods"]!["metric"]!["name"]!];
    }

    [GeneratedRegex("kubewsbridge_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^(kubewsbridge_[a-z_]+)\{?", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex(@"\bname!~""([^""]*)""")]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"\bend=~""([^""]*)""")]
    private static partial Regex Ends();

    [GeneratedRegex(@"^\| `([a-z-]+)` \| \d* \| 1011 \|", RegexOptions.Multiline)]
    private static partial Regex Failure();

    [GeneratedRegex(@"by \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("""([a-z_]+)(?:=~|!~|=|!=)["']""")]
    private static partial Regex Matcher();
}
