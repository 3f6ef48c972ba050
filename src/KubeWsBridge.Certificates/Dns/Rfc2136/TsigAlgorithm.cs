using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>One way of signing DNS messages (RFC 8945 section 6).</summary>
/// <param name="Name">Its name, in configuration and in messages.</param>
/// <param name="Sign">The signature of bytes under a key.</param>
internal sealed record TsigAlgorithm(string Name, Func<byte[], byte[], byte[]> Sign)
{
    /// <summary>The one that is taken when nobody says, as in BIND's tsig-keygen.</summary>
    public const string DefaultName = "hmac-sha256";

    /// <summary>All of them. hmac-md5 is left out: RFC 8945 has it for old servers only.</summary>
    public static IReadOnlyList<TsigAlgorithm> All { get; } =
    [
        new("hmac-sha1", HMACSHA1.HashData),
        new("hmac-sha224", HmacSha224.HashData),
        new(DefaultName, HMACSHA256.HashData),
        new("hmac-sha384", HMACSHA384.HashData),
        new("hmac-sha512", HMACSHA512.HashData),
    ];

    /// <summary>The algorithm with this name, a dot at its end or not.</summary>
    public static TsigAlgorithm? Find(string name)
    {
        var wanted = DnsName.Normalize(name);
        return All.FirstOrDefault(algorithm => algorithm.Name == wanted);
    }
}
