namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The payload that revokes a certificate, DER in base64url, for a reason of RFC 5280 section 5.3.1.</summary>
internal sealed record RevokeRequest(string Certificate, int? Reason);
