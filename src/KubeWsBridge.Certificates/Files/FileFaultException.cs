namespace KubeWsBridge.Certificates.Files;

/// <summary>Carries a <see cref="FileFault"/> from where it is found to where it is collected.</summary>
internal sealed class FileFaultException(string message, string fix) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Fix => fix;
}
