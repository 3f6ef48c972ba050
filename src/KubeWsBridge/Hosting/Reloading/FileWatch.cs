namespace KubeWsBridge.Hosting.Reloading;

/// <summary>
/// Looks at a file's content every <see cref="Period"/>. Events of the file system do not do: a volume of Kubernetes changes by swapping a symbolic
/// link above the file, which changes neither the file nor its directory.
/// </summary>
internal sealed class FileWatch : IAsyncDisposable
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    // One of its own: an empty file is another content.
    private static readonly byte[] Unreadable = new byte[1];
    private readonly string _path;
    private readonly Func<bool> _changed;
    private readonly PeriodicTimer _timer;
    private readonly Task _watching;
    private byte[]? _before;
    private byte[]? _told;

    /// <summary>Begins to look.</summary>
    /// <param name="path">The file.</param>
    /// <param name="changed">Called when the content is another than before and the same for two looks, so not while it is being written; the
    /// first content counts as another. Where it says false, the content could not be used, perhaps because of another file that is still to come:
    /// it is called again at the next look. Never called twice at a time.</param>
    /// <param name="timeProvider">The clock.</param>
    public FileWatch(string path, Func<bool> changed, TimeProvider timeProvider)
    {
        (_path, _changed, _timer) = (path, changed, new PeriodicTimer(Period, timeProvider));
        _watching = WatchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching;
    }

    /// <summary>Looks once.</summary>
    internal void Look()
    {
        var content = Read();
        if (Same(content, _before) && !Same(content, _told))
            _told = _changed() ? content : null;

        _before = content;
    }

    private static bool Same(byte[] content, byte[]? other) =>
        other is not null && (content == Unreadable) == (other == Unreadable) && content.AsSpan().SequenceEqual(other);

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            Look();
    }

    private byte[] Read()
    {
        try
        {
            return File.ReadAllBytes(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable;
        }
    }
}
