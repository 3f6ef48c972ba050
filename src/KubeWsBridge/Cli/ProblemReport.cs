using System.Globalization;
using KubeWsBridge.Configuration;

namespace KubeWsBridge.Cli;

/// <summary>Tells a person everything that is wrong with a configuration.</summary>
internal static class ProblemReport
{
    /// <summary>Writes all problems, and the warnings, which often explain them.</summary>
    public static void Write(TextWriter writer, ConfigurationResult result)
    {
        var count = result.Problems.Count;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kubewsbridge: the configuration has {count} {(count == 1 ? "problem" : "problems")}:"));
        foreach (var problem in result.Problems)
            writer.WriteLine($"  {problem}");
        foreach (var warning in result.Warnings)
            writer.WriteLine($"  Warning: {warning}");
    }
}
