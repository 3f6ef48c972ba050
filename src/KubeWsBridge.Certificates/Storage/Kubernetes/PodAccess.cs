using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Finds what Kubernetes gives to every container of a pod with a service account.</summary>
public static class PodAccess
{
    /// <summary>Names another folder than the usual one for token, ca.crt and namespace, as a projected volume may be mounted.</summary>
    public const string FolderVariable = "KUBERNETES_SERVICE_ACCOUNT_DIR";

    private const string Host = "KUBERNETES_SERVICE_HOST";
    private const string Port = "KUBERNETES_SERVICE_PORT";
    private const string UsualFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Reads variables and files.</summary>
    /// <exception cref="StorageException">Some of it is missing; the message says what, and what to do.</exception>
    public static ClusterAccess Find(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment.GetValueOrDefault(Host) is not { Length: > 0 } host)
            throw new StorageException($"{Host} is not set, as it is in every container that Kubernetes starts. Run this in a pod.");
        var port = environment.GetValueOrDefault(Port) is { Length: > 0 } given ? given : "443";
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new StorageException($"{Port} is \"{port}\", which is no port.");

        var folder = environment.GetValueOrDefault(FolderVariable) is { Length: > 0 } other ? other : UsualFolder;
        Read(folder, "token");
        return new ClusterAccess
        {
            Address = new UriBuilder(Uri.UriSchemeHttps, host.Trim('[', ']'), number).Uri,
            Namespace = Read(folder, "namespace"),
            TokenFile = Path.Combine(folder, "token"),
            TrustedRoots = ReadRoots(folder),
        };
    }

    private static X509Certificate2Collection ReadRoots(string folder)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(Read(folder, "ca.crt"));
        }
        catch (CryptographicException unreadable)
        {
            throw new StorageException($"{folder}/ca.crt can't be read: {unreadable.Message}", unreadable);
        }
        return roots.Count > 0 ? roots : throw new StorageException($"There is no certificate in {folder}/ca.crt.");
    }

    private static string Read(string folder, string name)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, name)).Trim();
            return text.Length > 0 ? text : throw new StorageException($"{folder}/{name} is empty.");
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The service account's {folder}/{name} can't be read: {missing.Message} Set automountServiceAccountToken: true on the pod, "
                + $"or name the folder of a projected volume in {FolderVariable}.",
                missing);
        }
    }
}
