namespace KubeWsBridge.Certificates.Files;

/// <summary>Warns of private keys that other users of the machine can read.</summary>
internal static class KeyExposure
{
    /// <summary>A sentence when anybody may read the file.</summary>
    public static IEnumerable<string> Warnings(string file)
    {
        if (!OperatingSystem.IsWindows() && Mode(file).HasFlag(UnixFileMode.OtherRead))
            yield return $"{file}: every user of this machine can read the private key. Run \"chmod 600 {file}\"; in a pod set the volume's defaultMode to 0400.";
    }

    private static UnixFileMode Mode(string file)
    {
        if (OperatingSystem.IsWindows())
            return default;
        try
        {
            // A secret's file is a symbolic link, whose own mode says nothing.
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true);
            return File.GetUnixFileMode(target?.FullName ?? file);
        }
        catch (IOException)
        {
            // Swapped under our eyes; the next look will tell.
            return default;
        }
    }
}
