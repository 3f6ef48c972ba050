using System.Runtime.InteropServices;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Tls;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Certificates.Tests.Tls;

public sealed partial class TlsServerTests : IDisposable
{
    private readonly TestAuthority _authority = new("root");
    private readonly CertificateFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly RecordingLogger _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Watch_FilesChange_TheNewPairIsShownAfterOneLook()
    {
        var files = _folder.Write("a", _authority.Issue("one.test"));
        await using var server = await OpenAsync(files);
        server.Watch();

        _folder.Write("a", _authority.Issue("two.test"));
        _time.Advance(TlsServer.Period);
        await _log.LoggedAsync("Certificates were read again: 1");

        Assert.Equal("two.test", Shown(server));
        Assert.True(TlsServer.Period < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Watch_KubernetesSwapsTheDataLink_TheNewPairIsShown()
    {
        // As the kubelet does it: ..data points to a folder with a time in its name, and the files are links through ..data.
        var (one, two) = (Generation("..2026_01", "one.test"), Generation("..2026_02", "two.test"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "..data"), one);
        foreach (var name in new[] { "tls.crt", "tls.key" })
            File.CreateSymbolicLink(Path.Combine(_folder.Path, name), Path.Combine("..data", name));
        await using var server = await OpenAsync(new PairFiles(Path.Combine(_folder.Path, "tls.crt"), Path.Combine(_folder.Path, "tls.key")));
        server.Watch();

        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "..data_tmp"), two);
        Assert.Equal(0, Rename(Path.Combine(_folder.Path, "..data_tmp"), Path.Combine(_folder.Path, "..data")));
        _time.Advance(TlsServer.Period);
        await _log.LoggedAsync("Certificates were read again: 1");

        Assert.Equal("two.test", Shown(server));
    }

    [Fact]
    public async Task Look_KeyAndCertificateApart_TheOldPairStaysAndTheErrorSaysWhy()
    {
        var files = _folder.Write("a", _authority.Issue("one.test"));
        await using var server = await OpenAsync(files);

        File.Copy(_folder.Write("b", _authority.Issue("two.test")).Certificate, files.Certificate, overwrite: true);
        await server.LookAsync();
        await server.LookAsync();

        var error = Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("the old ones stay", error, StringComparison.Ordinal);
        Assert.Contains("does not belong to the certificate", error, StringComparison.Ordinal);
        Assert.Equal("one.test", Shown(server));
    }

    [Fact]
    public async Task Look_FilesCopiedOneAfterTheOther_NobodyComplains()
    {
        var files = _folder.Write("a", _authority.Issue("one.test"));
        await using var server = await OpenAsync(files);
        var next = _folder.Write("b", _authority.Issue("two.test"));

        File.Copy(next.Certificate, files.Certificate, overwrite: true);
        await server.LookAsync();
        Assert.Equal("one.test", Shown(server));
        File.Copy(next.Key, files.Key, overwrite: true);
        await server.LookAsync();

        Assert.Equal("two.test", Shown(server));
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_TheSameFault_IsToldOnce()
    {
        var files = _folder.Write("a", _authority.Issue("one.test"));
        await using var server = await OpenAsync(files);
        File.Delete(files.Key);
        for (var i = 0; i < 5; i++)
            await server.LookAsync();
        Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_OnRequest_TellsAtOnce()
    {
        var files = _folder.Write("a", _authority.Issue("one.test"));
        await using var server = await OpenAsync(files);

        await server.ReloadAsync();
        Assert.Contains("nothing has changed", _log.Lines[^1], StringComparison.Ordinal);
        File.Delete(files.Key);
        await server.ReloadAsync();
        Assert.Contains("the old ones stay", _log.Lines[^1], StringComparison.Ordinal);
        _folder.Write("a", _authority.Issue("two.test"));
        await server.ReloadAsync();
        Assert.Equal("two.test", Shown(server));
    }

    [Fact]
    public async Task Open_FilesThatCantBeUsed_IsRefusedWithAllReasons()
    {
        var settings = new TlsSettings
        {
            Mode = TlsMode.Manual,
            Pairs = [new PairFiles("/nowhere/a.crt", "/nowhere/a.key"), new PairFiles("/nowhere/b.crt", "/nowhere/b.key")],
        };
        var refused = await Assert.ThrowsAsync<TlsStartException>(() => TlsServer.OpenAsync(settings, _time, _log));
        Assert.Equal(4, refused.Reasons.Count);
    }

    [Fact]
    public async Task Internal_WithADirectory_IsTheSameAfterARestart()
    {
        var settings = new TlsSettings { Mode = TlsMode.Internal, KeyType = KeyType.Ed25519, StateDirectory = Path.Combine(_folder.Path, "state") };
        await using var first = await TlsServer.OpenAsync(settings, _time, _log);
        await using var again = await TlsServer.OpenAsync(settings, _time, _log);
        await using var other = await TlsServer.OpenAsync(settings with { Domains = ["other.test"] }, _time, _log);

        Assert.Equal(Serials(first), Serials(again));
        Assert.Equal([KeyAlgorithm.Ed25519, KeyAlgorithm.Ecdsa], again.Store.Current.All.Select(one => one.Pair.Algorithm));
        Assert.NotEqual(Serials(first), Serials(other));
        Assert.Equal("other.test", Shown(other));
        foreach (var file in Directory.GetFiles(settings.StateDirectory))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(2, Directory.GetFiles(settings.StateDirectory).Length);
    }

    [Fact]
    public async Task Internal_ThirtyDaysBeforeTheEnd_ANewOneIsMade()
    {
        await using var server = await TlsServer.OpenAsync(new TlsSettings { Mode = TlsMode.Internal }, _time, _log);
        var first = Serials(server);
        _time.Advance(TimeSpan.FromDays(360));
        await server.LookAsync();
        Assert.Equal(first, Serials(server));
        _time.Advance(TimeSpan.FromDays(10));
        await server.LookAsync();
        Assert.NotEqual(first, Serials(server));
    }

    private static string Serials(TlsServer server) => string.Join(' ', server.Store.Current.All.Select(one => one.Pair.Leaf.SerialNumber));

    private static string Shown(TlsServer server) => server.Store.Current.Find(null, null).Pair.Names[0];

    private Task<TlsServer> OpenAsync(PairFiles files) =>
        TlsServer.OpenAsync(new TlsSettings { Mode = TlsMode.Manual, Pairs = [files] }, _time, _log);

    private string Generation(string name, string host)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        var files = _folder.Write("made", _authority.Issue(host));
        File.Move(files.Certificate, Path.Combine(folder, "tls.crt"));
        File.Move(files.Key, Path.Combine(folder, "tls.key"));
        return folder;
    }

    // .NET moves what a link points to.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
