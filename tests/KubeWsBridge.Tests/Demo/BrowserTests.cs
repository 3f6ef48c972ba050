using System.Diagnostics;
using KubeWsBridge.Demo;

namespace KubeWsBridge.Tests.Demo;

public sealed class BrowserTests
{
    // A machine that is busy with other things takes its time to start a process.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Uri Page = new("http://127.0.0.1:8080/");

    [Fact]
    public async Task OpenAsync_OpenerSucceeds_SaysNothing() =>
        Assert.Null(await Browser.OpenAsync(Page, new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true }, Patience, CancellationToken.None));

    [Fact]
    public async Task OpenAsync_OpenerFails_NamesItAndTheAddress()
    {
        var opener = new ProcessStartInfo("dotnet", ["no-such.dll"]) { RedirectStandardOutput = true, RedirectStandardError = true };

        var sentence = await Browser.OpenAsync(Page, opener, Patience, CancellationToken.None);

        Assert.Contains("open http://127.0.0.1:8080/ yourself", sentence, StringComparison.Ordinal);
        Assert.Contains("dotnet ended with", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NoOpener_IsASentence() =>
        Assert.Contains("no-such-opener", await Browser.OpenAsync(Page, new ProcessStartInfo("no-such-opener"), Patience, CancellationToken.None), StringComparison.Ordinal);
}
