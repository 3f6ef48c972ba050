using System.Net.Sockets;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Turns a failed connection to PHP-FPM into a sentence that tells what to change.</summary>
internal static class FastCgiConnectFailure
{
    /// <summary>What the kernel said, in the words of PHP-FPM's configuration.</summary>
    public static LaunchException Describe(FastCgiAddress address, SocketException exception) => exception.SocketErrorCode switch
    {
        // Unix sockets only: TCP waits for a place in the queue.
        SocketError.WouldBlock => new LaunchException(
            $"PHP-FPM's queue at {address} is full: all workers are busy. Raise pm.max_children, or give --fastcgi-workers and --fastcgi-reserve.",
            retryable: false, exception)
        {
            Refusal = Refusals.WorkerLimit,
        },
        SocketError.AccessDenied => new LaunchException(
            $"User {Environment.UserName} may not connect to PHP-FPM at {address}: set listen.owner, listen.group and listen.mode in the pool.",
            retryable: false, exception),
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => new LaunchException(
            $"The host of --fastcgi-address {address} can not be found.", retryable: true, exception),
        _ => new LaunchException(
            $"PHP-FPM does not answer at {address} ({Reason(exception)}): start it, or correct --fastcgi-address to the pool's listen.",
            retryable: true, exception),
    };

    /// <summary>Why a connection failed, in a few words.</summary>
    public static string Reason(SocketException exception) =>
        exception.SocketErrorCode == SocketError.AddressNotAvailable ? "there is no such socket" : exception.Message; // a unix socket's file is missing

    /// <summary>Nobody answered in time.</summary>
    public static LaunchException TimedOut(FastCgiAddress address, TimeSpan patience) => new(
        $"PHP-FPM took no connection at {address} within {patience.TotalSeconds:0.#} s: its queue is full, or a firewall is between.", retryable: false);
}
