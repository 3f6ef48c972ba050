namespace KubeWsBridge.Tests.Configuration;

/// <summary>One row of the ancestor's option tables, as its page has it.</summary>
/// <param name="Flag">The long flag.</param>
/// <param name="Letter">The short flag; empty for none.</param>
/// <param name="Default">The default as the page prints it; empty for none.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Sample">A value that is not the default.</param>
/// <param name="Printed">How that value is printed; the sample itself when null.</param>
public sealed record AncestorRow(string Flag, string Letter, string Default, string Variable, string Sample, string? Printed = null)
{
    public override string ToString() => Flag;
}
