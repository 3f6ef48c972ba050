namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Says what to answer to a request on port 80 (RFC 8555 section 8.3): the text, as application/octet-stream with status 200.</summary>
public sealed class Http01Responder(IChallengeAnswers answers)
{
    /// <summary>The path below which the authority looks.</summary>
    public const string Path = "/.well-known/acme-challenge/";

    /// <summary>Tokens have 128 bits or some more; what is much longer comes from somebody else.</summary>
    private const int LongestToken = 256;

    /// <summary>The text to answer with; null when the path is not about a challenge known here.</summary>
    public async ValueTask<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith(Path, StringComparison.Ordinal))
            return null;
        var token = path[Path.Length..];
        return IsToken(token) ? await answers.FindAsync(token, cancellationToken) : null;
    }

    private static bool IsToken(string text) =>
        text.Length is > 0 and <= LongestToken && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
