using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>The PHP library's own tests, which play the bridge in PHP.</summary>
public partial class PhpLibraryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Suite_Passes()
    {
        using var php = Process.Start(new ProcessStartInfo(BridgeProcess.PhpPath, [Path.Combine(Repository.Root, "src/php/client/tests/run.php")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = Task.WhenAll(php.StandardOutput.ReadToEndAsync(), php.StandardError.ReadToEndAsync());
        try
        {
            await php.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!php.HasExited)
                php.Kill(entireProcessTree: true);
        }

        var output = string.Join('\n', await said.WaitAsync(Patience));
        var summary = Summary().Match(output);
        Assert.True(php.ExitCode == 0 && summary.Success, output);
        // A runner that finds no tests must not look like one that passes them.
        Assert.InRange(int.Parse(summary.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 60, int.MaxValue);
    }

    [GeneratedRegex(@"^(\d+) passed, 0 failed$", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
