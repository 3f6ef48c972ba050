using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Reads the status page for the guard, and says once what does not fit.</summary>
internal sealed class FastCgiStatusWatch(FastCgiOptions options, FastCgiGuard guard, ILogger logger)
{
    private readonly FastCgiStatusPage _page = new(options.StatusAddress ?? options.Address, options.StatusPath!);
    private string? _told;
    private bool _isUnreadable;

    /// <summary>Reads it once.</summary>
    /// <exception cref="SocketException">The pool itself can not be reached.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var heldBefore = guard.Held;
        try
        {
            var status = await _page.ReadAsync(cancellationToken);
            _isUnreadable = false;
            Learn(status, heldBefore);
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is SocketException && options.StatusAddress is not null))
        {
            guard.Forget(options);
            TellUnreadable(exception.Message);
        }
    }

    /// <summary>It did not answer in time: if one of the pool's own workers had to, all of them are busy.</summary>
    public void Unanswered()
    {
        if (options.StatusAddress is null)
            guard.LearnFull(options);
        else
            TellUnreadable("It did not answer in time.");
    }

    private void Learn(FastCgiStatus status, int heldBefore)
    {
        // The worker that makes the page counts itself, unless pm.status_listen has one of its own.
        guard.Learn(options, options.StatusAddress is null ? status with { Active = status.Active - 1 } : status, heldBefore);

        // Workers come and go with other process managers, and so do these numbers: each kind of complaint is made once.
        var told = $"{status.ProcessManager} {options.Workers > 0 && status.Total > options.Workers}";
        if (told == _told)
            return;
        _told = told;
        if (!status.IsStatic)
            FastCgiLog.NotStatic(logger, options.Address, status.ProcessManager);
        else if (options.Workers > 0 && status.Total != options.Workers)
            FastCgiLog.OtherSize(logger, options.Address, status.Total, options.Workers);
        if (guard.Workers <= options.Reserve)
            FastCgiLog.NothingLeft(logger, options.Address, guard.Workers, options.Reserve);
    }

    private void TellUnreadable(string reason)
    {
        if (_isUnreadable)
            return;
        _isUnreadable = true;
        FastCgiLog.NoStatus(logger, options.StatusPath!, reason);
    }
}
