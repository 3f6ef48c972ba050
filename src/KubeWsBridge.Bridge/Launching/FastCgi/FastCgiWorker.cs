using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Closing;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>A worker of a PHP-FPM pool, seen through the one request it serves.</summary>
/// <remarks>
/// PHP-FPM takes no orders on a running request (it ignores FCGI_ABORT_REQUEST): the polite stop is the end of the back-connection, and SIGTERM has no
/// counterpart. SIGKILL's is to let go of the request. Its script may run on then, so the connection is watched until the script has ended, or
/// prints, for which PHP ends it once nobody listens; only then is the pool's worker counted as free again.
/// </remarks>
internal sealed class FastCgiWorker : IWorker
{
    private const int ReadSize = 16 * 1024;

    private static readonly PipeOptions Unsynchronized = new(useSynchronizationContext: false);

    private readonly Socket _socket;
    private readonly string _script;
    private readonly Action _free;
    private readonly Action<int> _holdDescriptors;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _letGo = new();
    private readonly Pipe _output = new(Unsynchronized);
    private readonly Pipe _errors = new(Unsynchronized);
    private readonly FastCgiRecordReader _records = new();
    private readonly CgiHead _head = new();
    private readonly TaskCompletionSource<WorkerExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte>? _record;
    private WorkerExit _exit = FastCgiExit.Lost;
    private bool _isWaiting;

    /// <param name="socket">Connected; this instance owns it.</param>
    /// <param name="request">All bytes of the request.</param>
    /// <param name="script">The script, for messages.</param>
    /// <param name="free">Called once, when the pool's worker is free again as far as can be known.</param>
    /// <param name="holdDescriptors">Counts descriptors that outlive the session.</param>
    /// <param name="stopping">Cancelled when the launcher ends.</param>
    public FastCgiWorker(
        Socket socket, ReadOnlyMemory<byte> request, string script, Action free, Action<int> holdDescriptors, CancellationToken stopping)
    {
        (_socket, _script, _free, _holdDescriptors, _stopping) = (socket, script, free, holdDescriptors, stopping);
        (Output, Errors) = (_output.Reader.AsStream(), _errors.Reader.AsStream());
        _ = RunAsync(SendAsync(request));
    }

    /// <inheritdoc/>
    public string Launcher => FastCgiLauncherFactory.LauncherName;

    /// <inheritdoc/>
    public int? ProcessId => null;

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Errors { get; }

    /// <inheritdoc/>
    public Task<WorkerExit> Exited => _exited.Task;

    /// <inheritdoc/>
    public Task Gone => _gone.Task;

    /// <inheritdoc/>
    public void Signal(StopSignal signal)
    {
        if (signal == StopSignal.Kill && !_exited.Task.IsCompleted)
            _letGo.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Signal(StopSignal.Kill);
        await Exited;
    }

    private async Task RunAsync(Task sent)
    {
        // A script that was let go of while it said nothing may still run. One that was printing is ended by PHP when our end is closed.
        var mayRunOn = !await ServeAsync(sent) && _isWaiting;
        if (mayRunOn)
            _holdDescriptors(1);
        else
            _socket.Dispose(); // at once: after END_REQUEST the pool's worker waits for it
        await _output.Writer.CompleteAsync();
        await _errors.Writer.CompleteAsync();
        _exited.TrySetResult(_exit);
        if (mayRunOn)
            await WatchScriptAsync();
        _free();
        _gone.TrySetResult();
    }

    /// <summary>Carries the answer until its end; false when it was let go of before.</summary>
    private async Task<bool> ServeAsync(Task sent)
    {
        try
        {
            await sent;
            await ReceiveAsync(TakeAsync, _letGo.Token);
        }
        catch (OperationCanceledException)
        {
            _exit = FastCgiExit.LetGo;
            return false;
        }
        catch (SocketException)
        {
            _exit = FastCgiExit.Lost;
        }
        catch (InvalidDataException exception)
        {
            _exit = new WorkerExit(null, null, exception.Message);
        }

        return true;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> request)
    {
        while (!request.IsEmpty)
            request = request[await _socket.SendAsync(request, _letGo.Token)..];
    }

    /// <summary>Hands records on until one of them is the last or the connection ends.</summary>
    /// <param name="take">Takes a piece; true when it wants no more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task ReceiveAsync(Func<FastCgiPiece, ValueTask<bool>> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            _isWaiting = true;

            // Waits with no buffer, so that an idle session costs none.
            _ = await _socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
            try
            {
                var count = await _socket.ReceiveAsync(buffer, cancellationToken);
                if (count == 0)
                    return;

                _isWaiting = false;
                ReadOnlyMemory<byte> input = buffer.AsMemory(0, count);
                while (_records.TryRead(ref input, out var piece))
                    if (await take(piece))
                        return;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private async ValueTask<bool> TakeAsync(FastCgiPiece piece)
    {
        switch (piece.Type)
        {
            case FastCgiRecordType.Stdout when _head.Strip(piece.Content) is { IsEmpty: false } printed:
                await _output.Writer.WriteAsync(printed, _letGo.Token);
                return false;
            case FastCgiRecordType.Stderr when Collect(piece):
                PhpMessages.Write(_record!.WrittenSpan, _errors.Writer);
                _record = null;
                await _errors.Writer.FlushAsync(_letGo.Token);
                return false;
            case FastCgiRecordType.EndRequest when Collect(piece):
                _exit = FastCgiExit.Of(_record!.WrittenSpan, _head, _script);
                return true;
            default:
                return false;
        }
    }

    // A record has at most 64 KiB.
    private bool Collect(FastCgiPiece piece)
    {
        _record ??= new ArrayBufferWriter<byte>(Math.Max(piece.Content.Length, FastCgiExit.BodyLength));
        _record.Write(piece.Content.Span);
        return piece.EndsRecord;
    }

    private async Task WatchScriptAsync()
    {
        try
        {
            await ReceiveAsync(
                static piece => ValueTask.FromResult(piece.Type is FastCgiRecordType.EndRequest or FastCgiRecordType.Stdout), _stopping);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or InvalidDataException)
        {
            // Nothing more will be learnt of the script.
        }
        finally
        {
            _socket.Dispose();
            _holdDescriptors(-1);
        }
    }
}
