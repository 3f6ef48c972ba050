using System.Security.Cryptography;
using KubeWsBridge.Certificates.Dns.Rfc2136;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Any DNS server that takes dynamic updates: BIND, Knot, PowerDNS, Windows.</summary>
internal sealed class Rfc2136Provider(DnsProviderParameters parameters, DnsProviderContext context) : IDnsProvider
{
    private readonly UpdateClient _client = Connect(parameters.Get("server"), context.Time);
    private readonly TsigKey? _key = ReadKey(parameters);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "rfc2136",
        Title = "RFC 2136 dynamic update",
        Documentation = "https://www.rfc-editor.org/rfc/rfc2136",
        Remark = "Works with BIND, Knot, PowerDNS and other servers that take updates over TCP. The key needs the right to add and delete TXT records "
            + "of the name; the server's signature is checked too. Without `key_name` and `key` updates are not signed.",
        Parameters =
        [
            new()
            {
                Key = "server",
                Meaning = "the zone's primary server: HOST or HOST:PORT.",
                IsRequired = true,
                Variables = ["DNSUPDATE_NAMESERVER", "RFC2136_NAMESERVER"],
                Examine = static text => ResolverAddress.Read(text) is null ? "is not HOST or HOST:PORT." : null,
            },
            new() { Key = "key_name", Meaning = "the name of the TSIG key.", Variables = ["DNSUPDATE_TSIG_KEY", "RFC2136_TSIG_KEY"] },
            new()
            {
                Key = "key_alg",
                Meaning = $"the key's algorithm: {string.Join(", ", TsigAlgorithm.All.Select(algorithm => algorithm.Name))}.",
                Default = TsigAlgorithm.DefaultName,
                Variables = ["DNSUPDATE_TSIG_ALGORITHM", "RFC2136_TSIG_ALGORITHM"],
                Examine = static text => TsigAlgorithm.Find(text) is null ? "is not an algorithm this program knows." : null,
            },
            new()
            {
                Key = "key",
                Meaning = "the TSIG key in base64.",
                IsSecret = true,
                Variables = ["DNSUPDATE_TSIG_SECRET", "RFC2136_TSIG_SECRET"],
                Examine = static text => Convert.TryFromBase64String(text, new byte[text.Length], out _) ? null : "is not base64.",
            },
        ],
        Check = static parameters => (parameters.Find("key_name"), parameters.Find("key")) switch
        {
            (not null, null) => new ParameterFlaw("key", "is missing, but key_name is given.", "Give both, or neither for updates without a signature."),
            (null, not null) => new ParameterFlaw("key_name", "is missing, but key is given.", "Give both, or neither for updates without a signature."),
            _ => null,
        },
        Make = static (parameters, context) => new Rfc2136Provider(parameters, context),
    };

    /// <inheritdoc/>
    public string Name => Definition.Name;

    /// <inheritdoc/>
    public Task AddAsync(TxtRecord record, CancellationToken cancellationToken) =>
        UpdateAsync(UpdateMessage.Add(NewId(), record), record, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken) =>
        UpdateAsync(UpdateMessage.Remove(NewId(), record), record, cancellationToken);

    private async Task UpdateAsync(byte[] message, TxtRecord record, CancellationToken cancellationToken)
    {
        var now = context.Time.GetUtcNow();
        byte[] mac = [];
        if (_key is not null)
            (message, mac) = SignedMessage.Sign(message, _key, now.ToUnixTimeSeconds());
        var bytes = await _client.ExchangeAsync(message, cancellationToken);
        UpdateAnswer answer;
        try
        {
            answer = UpdateAnswer.Read(bytes);
        }
        catch (FormatException e)
        {
            throw Problem("answered with something that is no DNS message. Check server.", e);
        }
        if (answer.Code != 0 || answer.Signature is { Error: not 0 })
            throw Problem($"refused the update of {record.Name}: {UpdateRefusal.Describe(answer, record, _key, now)}");
        if (answer.Id != ((message[0] << 8) | message[1]))
            throw Problem("answered another request.");
        if (_key is not null && !SignedMessage.IsGenuine(answer, _key, mac, context.Time.GetUtcNow().ToUnixTimeSeconds()))
            throw Problem($"says it took the update, but its answer is not signed with the key {_key.Name}. Whoever answered may not be that server.");
    }

    private DnsException Problem(string message, Exception? inner = null) => new($"{parameters.Get("server")} {message}", inner);

    private static int NewId() => RandomNumberGenerator.GetInt32(0x10000);

    private static UpdateClient Connect(string server, TimeProvider time)
    {
        var (host, port) = ResolverAddress.Read(server)!.Value;
        return new UpdateClient(host, port, time);
    }

    private static TsigKey? ReadKey(DnsProviderParameters parameters) => parameters.FindSecret("key") is { } secret
        ? new TsigKey(parameters.Get("key_name"), TsigAlgorithm.Find(parameters.Get("key_alg"))!, secret)
        : null;
}
