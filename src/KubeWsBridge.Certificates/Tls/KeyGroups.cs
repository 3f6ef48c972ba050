namespace KubeWsBridge.Certificates.Tls;

/// <summary>The table of key exchange groups.</summary>
public static class KeyGroups
{
    /// <summary>All of them; which work is the OpenSSL's at hand to say: the hybrid ones need 3.5.</summary>
    public static IReadOnlyList<KeyGroup> All { get; } =
    [
        new("x25519", "curve25519"),
        new("secp256r1", "p256", "p-256", "prime256v1"),
        new("secp384r1", "p384", "p-384"),
        new("secp521r1", "p521", "p-521"),
        new("x448", "curve448"),
        new("ffdhe2048"),
        new("ffdhe3072"),
        new("ffdhe4096"),
        new("ffdhe6144"),
        new("ffdhe8192"),
        new("X25519MLKEM768"),
        new("SecP256r1MLKEM768"),
        new("SecP384r1MLKEM1024"),
    ];

    private static readonly Dictionary<string, KeyGroup> ByName = All
        .SelectMany(group => group.Aliases.Prepend(group.Name).Select(name => KeyValuePair.Create(name, group)))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name in the table.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The group by any of its names, whatever the case; null when there is none.</summary>
    public static KeyGroup? Find(string name) => ByName.GetValueOrDefault(name.Replace('_', '-'));
}
