using System.ComponentModel;
using System.Diagnostics;

namespace KubeWsBridge.Demo;

/// <summary>A PHP command line program that was started once and answered.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Version">What it calls itself, for example <c>8.2.36</c>.</param>
internal sealed record PhpRuntime(string Path, string Version)
{
    /// <summary>The oldest version that runs the demo's worker, as <c>PHP_VERSION_ID</c> counts.</summary>
    private const int OldestVersion = 80100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The first <c>php</c> in <paramref name="searchPath"/>, or null when there is none that runs and is new enough.</summary>
    public static PhpRuntime? Find(string? searchPath) =>
        ExecutableSearch.Find("php", searchPath) is { } path && Ask(path) is { } version ? new(path, version) : null;

    /// <summary>php-cgi does not know <c>-r</c>, a broken installation says nothing: both are no runtime for a worker.</summary>
    private static string? Ask(string path)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("-d");
        start.ArgumentList.Add("display_errors=0");
        start.ArgumentList.Add("-r");
        start.ArgumentList.Add("echo PHP_VERSION_ID, ' ', PHP_VERSION, ' ', PHP_SAPI;");
        try
        {
            using var php = Process.Start(start);
            if (php is null)
                return null;
            php.StandardInput.Close();
            _ = php.StandardError.ReadToEndAsync();
            var answer = php.StandardOutput.ReadToEndAsync();
            if (!php.WaitForExit(Patience) || !answer.Wait(Patience))
            {
                php.Kill(entireProcessTree: true);
                return null;
            }

            return php.ExitCode == 0 ? VersionOf(answer.Result) : null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static string? VersionOf(string answer) =>
        answer.Trim().Split(' ') is [var number, var version, "cli"]
        && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var id)
        && id >= OldestVersion ? version : null;
}
