using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>A challenge and the answer to it: all that is needed to show the answer, and to take it away later, also after a restart.</summary>
/// <param name="Type">The challenge's name.</param>
/// <param name="Identifier">What is to be proved; a wildcard's name is here without its *.</param>
/// <param name="Token">The authority's random text, base64url.</param>
/// <param name="KeyAuthorization">The token, a dot and the account key's thumbprint (RFC 8555 section 8.1).</param>
public sealed record PresentedChallenge(string Type, Identifier Identifier, string Token, string KeyAuthorization);
