using System.Text.RegularExpressions;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>What the number of pods is made from.</summary>
public sealed partial class ScalingTests(Rendered rendered) : IClassFixture<Rendered>
{
    [Theory]
    [InlineData("hpa", 52 + 30)]
    [InlineData("hpa-slow", 1800)]
    public void Period_OfScalingDown_IsTheDrainsOrTheLongestThereIs(string name, int seconds) => Assert.Equal(
        seconds, (int)rendered.One(name, "HorizontalPodAutoscaler")["spec"]!["behavior"]!["scaleDown"]!["policies"]![0]!["periodSeconds"]!);

    [Theory]
    [InlineData("-6f9d8c7b5d-x2x4q", true)]
    [InlineData("-beta-6f9d8c7b5d-x2x4q", false)]
    [InlineData("-0", false)]
    [InlineData("2-6f9d8c7b5d-x2x4q", false)]
    public void Query_OfKeda_CountsPodsOfThisReleaseAlone(string end, bool counted) =>
        Assert.Equal(counted, Pods("keda").IsMatch($"web-kubewsbridge{end}"));

    /// <summary>Kubernetes cuts what it puts five letters behind to 58.</summary>
    [Fact]
    public void Query_OfKeda_CountsPodsWithALongName()
    {
        var replicaSet = $"{(string)rendered.One("long-name", "Deployment")["metadata"]!["name"]!}-6f9d8c7b5d-";

        Assert.Matches(Pods("long-name"), $"{replicaSet[..58]}x2x4q");
    }

    private Regex Pods(string name)
    {
        var query = (string)rendered.One(name, "ScaledObject")["spec"]!["triggers"]![0]!["metadata"]!["query"]!;
        return new Regex($"^(?:{Pod().Match(query).Groups[1].Value})$"); // Prometheus anchors it
    }

    [GeneratedRegex("pod=~\"([^\"]+)\"")]
    private static partial Regex Pod();
}
