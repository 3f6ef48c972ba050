using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>The authority refused a request with a problem document.</summary>
/// <param name="problem">What the authority said.</param>
/// <param name="url">Where it was asked.</param>
/// <param name="retryAfter">How long it wants to be left alone.</param>
public sealed class AcmeProblemException(ProblemDocument problem, Uri url, TimeSpan? retryAfter = null)
    : AcmeException(Sentence(problem, url, retryAfter))
{
    /// <summary>What the authority said.</summary>
    public ProblemDocument Problem { get; } = problem;

    /// <summary>The last word of the problem's URN, to be compared with <see cref="ProblemKinds"/>.</summary>
    public string Kind => Problem.Kind;

    private static string Sentence(ProblemDocument problem, Uri url, TimeSpan? retryAfter)
    {
        var wait = retryAfter is { } time ? $" It wants to be left alone for {time.TotalSeconds:0} s." : "";
        var advice = ProblemKinds.Advice(problem.Kind) is { } text ? " " + text : "";
        return $"The authority at {url.Host} refused: {problem.ToString().TrimEnd('.')}.{wait}{advice}";
    }
}
