using System.Diagnostics.CodeAnalysis;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>How an option names a unix socket: <c>unix:/path</c>, or <c>unix:///path</c> as PHP writes it.</summary>
public static class UnixSocketPath
{
    /// <summary>What such a value begins with.</summary>
    public const string Scheme = "unix:";

    /// <summary>Most bytes of a path in UTF-8: Linux has 108 for it (sun_path, unix(7)), the closing NUL included.</summary>
    public const int MaxBytes = 107;

    /// <summary>The path in an option's value; false when it names no unix socket. The path may still be none that can be bound.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? path)
    {
        path = null;
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        path = text[Scheme.Length..];
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path[2..];
        return true;
    }
}
