using KubeWsBridge.Certificates.Files;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Has .NET write session keys to a file in the usual form (SSLKEYLOGFILE).</summary>
internal static class SecretsLog
{
    private const string Variable = "SSLKEYLOGFILE";

    /// <summary>Prepares it; only works before the first TLS connection of the process, in either direction.</summary>
    /// <param name="path">The file, made with mode 0600, or kept and given that mode.</param>
    public static void Begin(string path)
    {
        // .NET would make it readable for everybody.
        using (SecretFile.Create(path, FileMode.OpenOrCreate))
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
        Environment.SetEnvironmentVariable(Variable, Path.GetFullPath(path));
    }

    /// <summary>Hides the variable again once .NET has read it: workers would inherit it, and their TLS libraries obey it.</summary>
    public static void HideVariable() => Environment.SetEnvironmentVariable(Variable, null);
}
