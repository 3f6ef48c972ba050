using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The directory of a unix socket: whoever may rename files in it can put another socket in the place of ours.</summary>
[SupportedOSPlatform("linux")]
internal static class SocketDirectory
{
    private const int WritableByOthers = 0b010_010; // S_IWGRP | S_IWOTH
    private const int Sticky = 0b001_000_000_000; // S_ISVTX: only owners rename and delete, as in /tmp
    private const int Permissions = 0xFFF;
    private const uint Root = 0;

    /// <summary>Makes sure that only this user and root can replace files in it.</summary>
    /// <exception cref="IOException">They are not the only ones, or there is no such directory; the message says what to change.</exception>
    public static void Check(string directory, string option) =>
        Check(directory, option, FileStatus.Read(directory, followLinks: true), FileStatus.User);

    /// <inheritdoc cref="Check(string, string)"/>
    internal static void Check(string directory, string option, FileStatus? found, uint user)
    {
        if (found is not { } status)
            throw Refused(directory, option, "does not exist", $"Make it: mkdir -m 700 {directory}");
        if (!status.IsDirectory)
            throw Refused(directory, option, "is not a directory", "Give a path in one that is.");
        if (status.Owner != user && status.Owner != Root)
            throw Refused(directory, option, $"belongs to user {status.Owner}, who could replace the socket",
                $"Use a directory that belongs to user {user} or to root, or run: chown {user} {directory}");
        if ((status.Mode & WritableByOthers) != 0 && (status.Mode & Sticky) == 0)
            throw Refused(directory, option, $"has mode {Octal(status.Mode)}, with which other users could replace the socket",
                $"Take that from them: chmod go-w {directory} (or chmod +t, as /tmp has it, if they need the directory)");
    }

    private static IOException Refused(string directory, string option, string why, string fix) =>
        new($"The directory {directory} of the worker socket ({option}) {why}. {fix}");

    private static string Octal(int mode) => Convert.ToString(mode & Permissions, 8).PadLeft(4, '0');
}
