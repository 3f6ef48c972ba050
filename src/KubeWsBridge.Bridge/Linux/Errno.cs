using System.Runtime.InteropServices;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>Linux error numbers, as far as they are told apart.</summary>
internal static class Errno
{
    public const int NoEntry = 2; // ENOENT
    public const int NoProcess = 3; // ESRCH
    public const int Interrupted = 4; // EINTR
    public const int TooBig = 7; // E2BIG
    public const int NotExecutable = 8; // ENOEXEC
    public const int Again = 11; // EAGAIN
    public const int NoMemory = 12; // ENOMEM
    public const int AccessDenied = 13; // EACCES
    public const int NotDirectory = 20; // ENOTDIR
    public const int TableFull = 23; // ENFILE
    public const int TooManyFiles = 24; // EMFILE
    public const int TextBusy = 26; // ETXTBSY
    public const int ConnectionAborted = 103; // ECONNABORTED

    /// <summary>The error number of the last call on this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The C library's words for an error number.</summary>
    public static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);
}
