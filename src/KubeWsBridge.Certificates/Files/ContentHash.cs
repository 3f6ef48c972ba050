using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Certificates.Files;

/// <summary>Tells whether files have changed, whatever way they were changed in.</summary>
/// <remarks>
/// Kubernetes swaps a symbolic link two levels above the file, which watchers of the file never see, and times of modification may go backwards.
/// </remarks>
internal static class ContentHash
{
    /// <summary>A number for the contents of all files; a file that can't be read counts as other content than any.</summary>
    public static string Of(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(Read(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static byte[] Read(string file)
    {
        try
        {
            return SHA256.HashData(File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Encoding.UTF8.GetBytes(exception.GetType().Name);
        }
    }
}
