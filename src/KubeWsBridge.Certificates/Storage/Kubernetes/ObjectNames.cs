using System.Security.Cryptography;
using System.Text;
using KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>What bundles and locks are called in Kubernetes, how they are found again, and whose they are.</summary>
internal sealed class ObjectNames(string prefix)
{
    /// <summary>The annotation with the bundle's or lock's own name, which may have letters that names of objects can't have.</summary>
    public const string Annotation = "kubewsbridge.io/name";

    private const string ManagedBy = "app.kubernetes.io/managed-by";
    private const string Us = "kubewsbridge";
    private const string Storage = "kubewsbridge.io/storage";

    /// <summary>The first segment of the name, by which lists are kept short.</summary>
    private const string Room = "kubewsbridge.io/room";

    /// <summary>Names of objects may have 253 characters; what is longer can't be read in a column.</summary>
    private const int MostReadable = 80;

    /// <summary>The object's name: readable as far as its letters allow, and never that of another bundle.</summary>
    public string Of(string name)
    {
        var plain = BundleName.Check(name).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '-');
        var readable = new string([.. plain.Take(MostReadable)]).Trim('-');
        return $"{prefix}-{readable}{(readable.Length > 0 ? "-" : "")}{Hash(name)}";
    }

    /// <summary>Selects everything whose name begins with the same segment as <paramref name="name"/>.</summary>
    public string SelectorOf(string name) => $"{ManagedBy}={Us},{Storage}={prefix},{Room}={RoomOf(name)}";

    /// <summary>The metadata of an object: what was there with our marks added, or new.</summary>
    public ObjectMetadata Mark(string name, ObjectMetadata? before) => (before ?? new ObjectMetadata { Name = Of(name) }) with
    {
        Labels = new(before?.Labels ?? []) { [ManagedBy] = Us, [Storage] = prefix, [Room] = RoomOf(name) },
        Annotations = new(before?.Annotations ?? []) { [Annotation] = name },
    };

    /// <exception cref="StorageException">The object is somebody else's.</exception>
    public static void CheckOurs(string name, string kind, ObjectMetadata metadata)
    {
        if (metadata.Annotations?.GetValueOrDefault(Annotation) != name)
            throw new StorageException(
                $"The {kind} {metadata.Name} is not {Us}'s: it has no annotation {Annotation}: {name}. Delete it, or choose another --tls-storage-prefix.");
    }

    // A label's value is shorter than a segment may be, and begins and ends with a letter or digit.
    private static string RoomOf(string name)
    {
        var segment = BundleName.Check(name).Split('/')[0];
        return segment.Length <= 63 && char.IsAsciiLetterOrDigit(segment[0]) && char.IsAsciiLetterOrDigit(segment[^1]) ? segment : Hash(segment);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];
}
