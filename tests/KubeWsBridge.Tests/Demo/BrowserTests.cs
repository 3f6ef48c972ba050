using System.Diagnostics;
using KubeWsBridge.Demo;

namespace KubeWsBridge.Tests.Demo;

public sealed class BrowserTests
{
    private static readonly Uri Page = new("http://127.0.0.1:8080/");

    [Fact]
    public async Task OpenAsync_OpenerSucceeds_SaysNothing() =>
        Assert.Null(await Browser.OpenAsync(Page, new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true }, CancellationToken.None));

    [Fact]
    public async Task OpenAsync_OpenerFails_NamesItAndTheAddress()
    {
        var opener = new ProcessStartInfo("dotnet", ["no-such.dll"]) { RedirectStandardOutput = true, RedirectStandardError = true };

        var sentence = await Browser.OpenAsync(Page, opener, CancellationToken.None);

        Assert.Contains("open http://127.0.0.1:8080/ yourself", sentence, StringComparison.Ordinal);
        Assert.Contains("dotnet ended with", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NoOpener_IsASentence() =>
        Assert.Contains("no-such-opener", await Browser.OpenAsync(Page, new ProcessStartInfo("no-such-opener"), CancellationToken.None), StringComparison.Ordinal);
}
