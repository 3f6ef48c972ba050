using KubeWsBridge.Fuzz;
using KubeWsBridge.Fuzz.Bridges;
using KubeWsBridge.Fuzz.Cli;

try
{
    var options = OptionParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(HelpText.Text);
        return 0;
    }

    Console.WriteLine($"seed {options.Seed}\na: {string.Join(' ', options.A)}\nb: {string.Join(' ', options.B)}");
    var folder = Directory.CreateTempSubdirectory("kwb-fuzz-").FullName;
    try
    {
        // Both start before anything is awaited, on the thread that lives as long as the process (RunningBridge says why).
        await using var a = new RunningBridge("a", [.. options.A, .. options.BridgeArguments], folder);
        await using var b = new RunningBridge("b", [.. options.B, .. options.BridgeArguments], folder);
        return await new FuzzRun(options, a, b).RunAsync() ? 0 : 1;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
catch (UsageException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 64;
}
catch (InvalidOperationException exception)
{
    Console.Error.WriteLine(exception.Message); // a bridge does not start
    return 1;
}
