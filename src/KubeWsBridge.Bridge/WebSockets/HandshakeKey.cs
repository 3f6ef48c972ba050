using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>The nonce by which both sides show that they speak WebSocket (RFC 6455 sections 4.1 and 4.2.2).</summary>
public static class HandshakeKey
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>The Sec-WebSocket-Accept that answers this Sec-WebSocket-Key.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 prescribes SHA-1; nothing here is secret.")]
    public static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(key + Guid)));

    /// <summary>True for 16 bytes in base64 as an encoder writes it: 24 characters, no spaces, unused bits zero.</summary>
    public static bool IsValid([NotNullWhen(true)] string? key)
    {
        Span<byte> nonce = stackalloc byte[16];
        return key is { Length: 24 }
            && Convert.TryFromBase64String(key, nonce, out var length)
            && length == nonce.Length
            && Convert.ToBase64String(nonce) == key;
    }
}
