namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>The payload that brings the certificate request, DER in base64url.</summary>
internal sealed record FinalizeRequest(string Csr);
