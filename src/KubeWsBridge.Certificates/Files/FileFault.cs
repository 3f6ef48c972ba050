namespace KubeWsBridge.Certificates.Files;

/// <summary>What is wrong with a file of a pair.</summary>
/// <param name="Part">Which one.</param>
/// <param name="File">Its path.</param>
/// <param name="Message">What is wrong, to follow the file's name.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record FileFault(PairPart Part, string File, string Message, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File} {Message} {Fix}";
}
