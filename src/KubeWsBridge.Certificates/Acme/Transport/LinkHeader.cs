using System.Text.RegularExpressions;

namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>Reads Link headers (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The targets of links with a relation, in the order they come; one header may hold several links.</summary>
    public static IEnumerable<string> Targets(IEnumerable<string> headers, string relation) =>
        from header in headers
        from match in Link().Matches(header)
        let relations = Relation().Match(match.Groups["parameters"].Value).Groups["value"].Value
        where relations.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase)
        select match.Groups["target"].Value;

    [GeneratedRegex("""<(?<target>[^>]*)>(?<parameters>(\s*;\s*[\w*!#$%&'+.^`|~-]+(\s*=\s*("[^"]*"|[^",;\s]+))?)*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("""(^|[\s;])rel\s*=\s*"?(?<value>[^";,]*)"?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Relation();
}
