namespace KubeWsBridge.Certificates.Acme.Signing;

/// <summary>What signs a JWS (RFC 7515): an account's key, a certificate's key, or the secret of an external account binding.</summary>
internal interface IJwsSigner
{
    /// <summary>The algorithm's name in JWA (RFC 7518), for example ES256.</summary>
    string Algorithm { get; }

    /// <summary>The raw signature over <paramref name="input"/>.</summary>
    byte[] Sign(byte[] input);
}
