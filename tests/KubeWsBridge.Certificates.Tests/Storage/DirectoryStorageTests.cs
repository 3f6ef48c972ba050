using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Tests.Storage;

public sealed class DirectoryStorageTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly DirectoryStorage _storage;

    public DirectoryStorageTests() => _storage = new(Path.Combine(_scratch.Folder, "state"));

    private static CancellationToken None => CancellationToken.None;

    private string Bundle => Path.Combine(_scratch.Folder, "state", "certificates", "one");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Read_NothingWritten_IsNull()
    {
        Assert.Null(await _storage.ReadAsync("certificates/one", None));
        Assert.Null(await _storage.ReadVersionAsync("certificates/one", None));
        Assert.Empty(await _storage.ListAsync("certificates", None));
    }

    [Fact]
    public async Task Write_Twice_ReplacesAllFiles()
    {
        await WriteAsync(("a", "1"), ("b", "1"));
        var first = await _storage.ReadVersionAsync("certificates/one", None);
        await WriteAsync(("a", "2"));

        var read = await _storage.ReadAsync("certificates/one", None);

        Assert.Equal(new Dictionary<string, string> { ["a"] = "2" }, read!.Files);
        Assert.NotEqual(first, read.Version);
        Assert.Equal(read.Version, await _storage.ReadVersionAsync("certificates/one", None));
        Assert.Equal(["certificates/one"], await _storage.ListAsync("certificates", None));
    }

    [Fact]
    public async Task Write_OnlyTheOwnerCanRead()
    {
        await WriteAsync(("key.pem", "secret"));
        await using var held = await _storage.TryLockAsync("one", None);

        var state = new DirectoryInfo(Path.Combine(_scratch.Folder, "state"));
        Assert.All(state.EnumerateDirectories("*", SearchOption.AllDirectories).Append(state), folder => Assert.Equal("rwx------", Mode(folder.UnixFileMode)));
        Assert.All(state.EnumerateFiles("*", SearchOption.AllDirectories), file => Assert.Equal("rw-------", Mode(file.UnixFileMode)));
    }

    [Fact]
    public async Task Write_ManyTimes_KeepsThreeGenerations()
    {
        for (var number = 1; number <= 10; number++)
            await WriteAsync(("a", $"{number}"));

        Assert.Equal(3, Directory.EnumerateDirectories(Bundle).Count());
        Assert.Equal("10", (await _storage.ReadAsync("certificates/one", None))!.Files["a"]);
    }

    /// <summary>What a crash at each step of a write leaves behind.</summary>
    [Fact]
    public async Task Read_AfterCrashedWrites_SeesTheLastWholeOne()
    {
        await WriteAsync(("cert.pem", "whole"), ("key.pem", "whole"));
        Directory.CreateDirectory(Path.Combine(Bundle, "000002-00000000"));
        File.WriteAllText(Path.Combine(Bundle, "000002-00000000", "cert.pem"), "ha");
        File.WriteAllText(Path.Combine(Bundle, "current.0123456789abcdef0123456789abcdef"), "0000");

        Assert.Equal("whole", (await _storage.ReadAsync("certificates/one", None))!.Files["key.pem"]);
        await WriteAsync(("cert.pem", "new"));
        Assert.Equal("new", (await _storage.ReadAsync("certificates/one", None))!.Files["cert.pem"]);
    }

    [Fact]
    public async Task Read_WhileOthersWrite_SeesWholeBundlesOnly()
    {
        await WriteAsync(("a", "0"), ("b", "0"));
        var writing = Task.Run(async () =>
        {
            for (var number = 1; number <= 100; number++)
                await WriteAsync(("a", $"{number}"), ("b", $"{number}"));
        });

        while (!writing.IsCompleted)
        {
            var read = await Task.Run(() => _storage.ReadAsync("certificates/one", None));
            Assert.Equal(read!.Files["a"], read.Files["b"]);
        }
        await writing;
    }

    [Fact]
    public async Task Delete_IsGoneAndHarmlessTwice()
    {
        await WriteAsync(("a", "1"));

        await _storage.DeleteAsync("certificates/one", None);
        await _storage.DeleteAsync("certificates/one", None);

        Assert.Null(await _storage.ReadAsync("certificates/one", None));
    }

    [Theory, InlineData(""), InlineData("../etc"), InlineData("a//b"), InlineData("/etc"), InlineData(".hidden"), InlineData("a/..")]
    public async Task Read_NameThatPointsElsewhere_IsRefused(string name) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Task.Run(() => _storage.ReadAsync(name, None)));

    [Fact]
    public async Task Lock_TakenByAnother_IsNullUntilGivenBack()
    {
        var other = new DirectoryStorage(Path.Combine(_scratch.Folder, "state"));
        var held = await _storage.TryLockAsync("one", None);

        Assert.Null(await other.TryLockAsync("one", None));
        await using (var another = await other.TryLockAsync("two", None))
            Assert.NotNull(another);
        await held!.DisposeAsync();
        await using var taken = await other.TryLockAsync("one", None);
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Write_NotADirectory_SaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_scratch.Folder, "file"), "");
        var storage = new DirectoryStorage(Path.Combine(_scratch.Folder, "file"));

        var failed = await Assert.ThrowsAsync<StorageException>(() => storage.WriteAsync("one", new Dictionary<string, string>(), None));

        Assert.StartsWith($"The certificates' directory {_scratch.Folder}/file could not be written: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains($"It must belong to this process's user ({Environment.UserName})", failed.Message, StringComparison.Ordinal);
    }

    private Task WriteAsync(params (string Name, string Text)[] files) =>
        _storage.WriteAsync("certificates/one", files.ToDictionary(file => file.Name, file => file.Text), None);

    private static string Mode(UnixFileMode mode)
    {
        (UnixFileMode Bit, char Letter)[] bits =
        [
            (UnixFileMode.UserRead, 'r'), (UnixFileMode.UserWrite, 'w'), (UnixFileMode.UserExecute, 'x'),
            (UnixFileMode.GroupRead, 'r'), (UnixFileMode.GroupWrite, 'w'), (UnixFileMode.GroupExecute, 'x'),
            (UnixFileMode.OtherRead, 'r'), (UnixFileMode.OtherWrite, 'w'), (UnixFileMode.OtherExecute, 'x'),
        ];
        return string.Concat(bits.Select(bit => mode.HasFlag(bit.Bit) ? bit.Letter : '-'));
    }
}
