using System.Text;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Packaging.Charts;

/// <summary>The chart's README, made from the comments of its values.</summary>
public static partial class ValueDocs
{
    private const string Head = """
        # Chart kubewsbridge

        This page is made from `values.yaml`; change its comments, not the page. What to choose and why is in
        [docs/kubernetes.md](../../docs/kubernetes.md).

        ```
        helm install web charts/kubewsbridge
        helm test web --logs
        ```

        Without any values this is mode `php` with an echo handler. Values are checked by a schema, and combinations that can not work are
        refused in a sentence.

        ## In your own chart

        In mode `inject` the chart is a dependency of yours and makes no pods. Its templates put the bridge beside your php-fpm container:

        ```yaml

        """;

    private const string Tail = """
        ```

        With `persistence` the bridge, which runs as user 1654, writes to a volume of your pod: give that `securityContext: {fsGroup: 1654}`. If your Deployment
        has several pods, or replaces them by a rolling update, the volume must be ReadWriteMany. Values for pods that are not this chart's are refused.

        ## Values

        | Value | Default | Meaning |
        |---|---|---|

        """;

    /// <summary>Every value that is no group of values: key, default and meaning.</summary>
    public static IEnumerable<(string Key, string Default, string Meaning)> Rows()
    {
        var parents = new List<(int Indent, string Name)>();
        string? meaning = null;
        foreach (var line in File.ReadLines(Path.Combine(Chart.Folder, "values.yaml")))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                meaning = comment.Groups[1].Value;
                continue;
            }
            if (Pair().Match(line) is not { Success: true } pair)
                continue;
            var indent = pair.Groups[1].Length;
            parents.RemoveAll(parent => parent.Indent >= indent);
            parents.Add((indent, pair.Groups[2].Value));
            if (meaning is null)
                continue;
            // A value over several lines has nothing behind its colon.
            yield return (string.Join('.', parents.Select(parent => parent.Name)), pair.Groups[3].Value is "" ? "see values.yaml" : $"`{pair.Groups[3].Value}`", meaning);
            meaning = null;
        }
    }

    /// <summary>The whole page.</summary>
    public static string Readme()
    {
        var text = new StringBuilder(Head);
        text.Append(File.ReadAllText(Path.Combine(Repository.Root, "tests", "KubeWsBridge.Packaging", "site", "templates", "deployment.yaml")));
        text.Append(Tail);
        foreach (var (key, value, meaning) in Rows())
            text.Append($"| `{key}` | {value.Replace("|", "\\|", StringComparison.Ordinal)} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        return text.ToString();
    }

    [GeneratedRegex("^ *# -- (.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("^( *)([A-Za-z]+): ?(.*)$")]
    private static partial Regex Pair();
}
