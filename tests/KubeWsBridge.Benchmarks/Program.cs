using KubeWsBridge.Benchmarks;
using KubeWsBridge.Benchmarks.Cli;
using KubeWsBridge.Benchmarks.Results;

try
{
    var options = OptionParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(HelpText.Text);
        return 0;
    }

    var report = new BenchmarkRun(options, "dotnet run -c Release --project tests/KubeWsBridge.Benchmarks -- " + string.Join(' ', args)).Measure();
    Console.WriteLine(string.Join('\n', ReportText.Lines(report)));
    if (options.Json is { } json)
        ReportJson.Write(report, json);
    if (options.Markdown is { } markdown)
        ReportText.Update(report, markdown);
    return report.Rows.Exists(row => row.Error is not null) ? 1 : 0;
}
catch (Exception exception) when (exception is UsageException or InvalidDataException)
{
    Console.Error.WriteLine(exception.Message);
    return 64;
}
