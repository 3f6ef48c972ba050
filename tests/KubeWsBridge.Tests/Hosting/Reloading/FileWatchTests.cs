using KubeWsBridge.Hosting.Reloading;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Tests.Hosting.Reloading;

public sealed class FileWatchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kwb-watch-");
    private readonly FakeTimeProvider _time = new(); // stands still: only the tests look
    private int _calls;
    private int _failures;

    private string File => Path.Join(_folder.FullName, "kwb.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Content_WhenItHasSettled_IsToldOnce()
    {
        Write("one");
        await using var watch = Watch();

        Look(watch);
        Assert.Equal(0, _calls);
        Look(watch);
        Assert.Equal(1, _calls); // whoever has read the file before may have read another
        Look(watch);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Content_WhileItIsWritten_IsNotTold()
    {
        Write("one");
        await using var watch = Watch();
        Look(watch, times: 2);

        foreach (var part in new[] { "", "tw", "two" })
        {
            Write(part);
            Look(watch);
            Assert.Equal(1, _calls);
        }

        Look(watch);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Volume_ThatSwapsItsLink_IsSeen()
    {
        foreach (var version in new[] { "v1", "v2" })
        {
            Directory.CreateDirectory(Path.Join(_folder.FullName, version));
            System.IO.File.WriteAllText(Path.Join(_folder.FullName, version, "kwb.yaml"), version);
        }

        Link("..data", "v1");
        Link("kwb.yaml", "..data/kwb.yaml");
        await using var watch = Watch();
        Look(watch, times: 2);

        Directory.Delete(Path.Join(_folder.FullName, "..data"));
        Link("..data", "v2");
        Look(watch, times: 2);

        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task File_ThatGoesAndComesBack_IsToldBothTimes()
    {
        Write("");
        await using var watch = Watch();
        Look(watch, times: 2);

        System.IO.File.Delete(File);
        Look(watch, times: 2);
        Assert.Equal(2, _calls);

        Write("");
        Look(watch, times: 2);
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task Content_ThatCouldNotBeUsed_IsTriedAtEachLook()
    {
        Write("names a script that is still to come");
        _failures = 2;
        await using var watch = Watch();

        Look(watch, times: 6);

        Assert.Equal(3, _calls);
    }

    private FileWatch Watch() => new(File, () => ++_calls > _failures, _time);

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private void Link(string name, string target) => System.IO.File.CreateSymbolicLink(Path.Join(_folder.FullName, name), target);

    private static void Look(FileWatch watch, int times = 1)
    {
        for (; times > 0; times--)
            watch.Look();
    }
}
