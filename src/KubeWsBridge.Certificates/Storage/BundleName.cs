namespace KubeWsBridge.Certificates.Storage;

/// <summary>Keeps names of bundles from pointing anywhere else.</summary>
internal static class BundleName
{
    public static string Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.Split('/').All(IsSegment))
            throw new ArgumentException($"\"{name}\" is no name for a bundle.", nameof(name));
        return name;
    }

    private static bool IsSegment(string segment) =>
        segment.Length is > 0 and <= 200
        && segment[0] != '.'
        && segment.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
