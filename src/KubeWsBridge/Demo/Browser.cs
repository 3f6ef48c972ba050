using System.ComponentModel;
using System.Diagnostics;

namespace KubeWsBridge.Demo;

/// <summary>Opens a page in the user's browser, as far as the machine has one (<c>demo --open</c>).</summary>
internal static class Browser
{
    // Openers return at once or become the browser itself; one that fails does so well within this time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Null when a browser was asked to open <paramref name="page"/>, otherwise a sentence for the terminal.</summary>
    public static Task<string?> OpenAsync(Uri page, CancellationToken cancellation) => OpenAsync(page, OpenerOf(page), Patience, cancellation);

    /// <inheritdoc cref="OpenAsync(Uri, CancellationToken)"/>
    internal static async Task<string?> OpenAsync(Uri page, ProcessStartInfo opener, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(opener);
            if (process is null)
                return null;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(patience);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? null : $"{Sentence(page)} ({opener.FileName} ended with {process.ExitCode}).";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return $"{Sentence(page)} ({opener.FileName}: {e.Message}).";
        }
    }

    private static ProcessStartInfo OpenerOf(Uri page)
    {
        // What "start" does, without a shell that would read the & of a query as its own.
        if (OperatingSystem.IsWindows())
            return new(page.AbsoluteUri) { UseShellExecute = true };
        return new(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page.AbsoluteUri]);
    }

    private static string Sentence(Uri page) => $"No browser could be opened; open {page} yourself";
}
