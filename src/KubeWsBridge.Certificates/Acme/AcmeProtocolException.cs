namespace KubeWsBridge.Certificates.Acme;

/// <summary>What answered does not speak ACME as RFC 8555 has it.</summary>
/// <param name="url">What was asked.</param>
/// <param name="what">What is wrong with the answer, as a clause that follows "the answer".</param>
/// <param name="inner">The error in reading it.</param>
public sealed class AcmeProtocolException(Uri url, string what, Exception? inner = null)
    : AcmeException($"{url} is not answered as ACME (RFC 8555) says: the answer {what}. Is the directory's URL right?", inner);
