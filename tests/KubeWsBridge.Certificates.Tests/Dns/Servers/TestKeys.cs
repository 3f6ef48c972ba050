using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Tests.Dns.Servers;

/// <summary>One TSIG key for each algorithm, made anew for each run.</summary>
public static class TestKeys
{
    public static readonly string[] Algorithms = ["hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"];

    private static readonly Dictionary<string, string> Secrets = Algorithms.ToDictionary(
        algorithm => algorithm, _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));

    public static TheoryData<string> All => new(Algorithms);

    public static string Name(string algorithm) => $"Key-{algorithm}";

    public static string Secret(string algorithm) => Secrets[algorithm];
}
