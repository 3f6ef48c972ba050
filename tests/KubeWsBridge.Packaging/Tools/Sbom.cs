using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace KubeWsBridge.Packaging.Tools;

/// <summary>A list of components in CycloneDX's format.</summary>
public static class Sbom
{
    /// <summary>Asserts that a package has a complete one.</summary>
    public static void AssertComplete(ZipArchive package)
    {
        using var reader = new StreamReader(Assert.Single(package.Entries, entry => entry.Name == "kubewsbridge.cdx.json").Open());
        AssertComplete(reader.ReadToEnd());
    }

    /// <summary>Asserts that it names every package that the product references, in the version that it has.</summary>
    public static void AssertComplete(string text)
    {
        var sbom = JsonNode.Parse(text)!;
        Assert.Equal("CycloneDX", (string)sbom["bomFormat"]!);
        var components = sbom["components"]!.AsArray().Select(component => $"{component!["name"]} {component["version"]}").ToList();
        var referenced = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("ItemGroup")
            .Single(group => (string?)group.Attribute("Label") == "product").Elements()
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}").ToList();
        Assert.Contains(referenced, package => package.StartsWith("DnsClient ", StringComparison.Ordinal));
        Assert.Superset(referenced.ToHashSet(), components.ToHashSet());
    }
}
