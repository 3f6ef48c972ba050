using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>Asks the system's resolvers, or those one was told to ask, and single servers.</summary>
public sealed class DnsLookup : IDnsLookup
{
    private const int DnsPort = 53;

    private static readonly DnsQueryOptions ServerOptions = new()
    {
        UseCache = false,
        Recursion = false,
        Retries = 1,
        Timeout = TimeSpan.FromSeconds(3),
    };

    private readonly IReadOnlyList<IPEndPoint> _resolvers;
    private readonly LookupClient _client;

    /// <summary>Asks these resolvers, or the system's when there are none.</summary>
    /// <param name="resolvers">Their addresses; see <see cref="ResolverAddress"/> for reading them.</param>
    public DnsLookup(IReadOnlyList<IPEndPoint> resolvers)
    {
        _resolvers = resolvers;
        var options = resolvers.Count > 0 ? new LookupClientOptions([.. resolvers]) : new LookupClientOptions();
        // What a cache knows of a name is how it was before we changed it.
        options.UseCache = false;
        options.Retries = 2;
        options.Timeout = TimeSpan.FromSeconds(5);
        _client = new LookupClient(options);
    }

    /// <inheritdoc/>
    public async Task<bool> IsZoneAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(name, QueryType.SOA, cancellationToken);
        return answer.Answers.SoaRecords().Any(record => IsName(record, name));
    }

    /// <inheritdoc/>
    public async Task<string?> FindAliasAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(name, QueryType.CNAME, cancellationToken);
        return answer.Answers.CnameRecords().FirstOrDefault(record => IsName(record, name)) is { } alias
            ? DnsName.Normalize(alias.CanonicalName.Value)
            : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NameServer>> FindNameServersAsync(string zone, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(zone, QueryType.NS, cancellationToken);
        var servers = new List<NameServer>();
        foreach (var name in answer.Answers.NsRecords().Select(record => DnsName.Normalize(record.NSDName.Value)).Distinct().Order())
            if (await FindEndPointsAsync(name, cancellationToken) is { Count: > 0 } endPoints)
                servers.Add(new NameServer(name, endPoints));
        return servers.Count > 0 ? servers
            : throw new DnsException($"The zone {zone} names no name server that has an address, so nobody can be asked whether the record is there. "
                + "Check its NS records, or set --tls-propagation-timeout 0 to only wait for --tls-propagation-delay.");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> ReadTextsAsync(NameServer server, string name, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsName.Absolute(name), QueryType.TXT);
        foreach (var endPoint in server.EndPoints)
            try
            {
                var answer = await _client.QueryServerAsync([endPoint], question, ServerOptions, cancellationToken);
                if (answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain)
                    return [.. answer.Answers.TxtRecords().Where(record => IsName(record, name)).Select(record => string.Concat(record.Text))];
            }
            catch (Exception e) when (IsSilence(e, cancellationToken))
            {
                // Another address may speak for the server: machines without IPv6 know IPv6 addresses all the same.
            }
        return null;
    }

    private async Task<IReadOnlyList<IPEndPoint>> FindEndPointsAsync(string name, CancellationToken cancellationToken)
    {
        var four = await AskAsync(name, QueryType.A, cancellationToken);
        var six = await AskAsync(name, QueryType.AAAA, cancellationToken);
        var addresses = four.Answers.AddressRecords().Concat(six.Answers.AddressRecords()).Select(record => record.Address).Distinct();
        return [.. addresses.Select(address => new IPEndPoint(address, PortOf(address)))];
    }

    // An NS record has no port. Who names a resolver that is itself the zone's server, and its port, means that port.
    private int PortOf(IPAddress address) =>
        _resolvers.FirstOrDefault(resolver => resolver.Address.Equals(address))?.Port ?? DnsPort;

    private async Task<IDnsQueryResponse> AskAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        string problem;
        try
        {
            var answer = await _client.QueryAsync(DnsName.Absolute(name), type, cancellationToken: cancellationToken);
            // A server that only knows its own zones refuses questions about names above them: there is nothing there for us either.
            if (answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain or DnsHeaderResponseCode.Refused)
                return answer;
            problem = answer.ErrorMessage;
        }
        catch (Exception e) when (IsSilence(e, cancellationToken))
        {
            problem = e.Message;
        }
        throw new DnsException($"{type} of {name} could not be looked up at {Asked()}: {problem}. "
            + "Check the network, or name other resolvers with --tls-resolvers.");
    }

    private string Asked() => _resolvers.Count == 0 ? "the system's resolvers" : string.Join(", ", _resolvers);

    private static bool IsSilence(Exception e, CancellationToken cancellationToken) =>
        e is DnsResponseException or SocketException or InvalidOperationException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static bool IsName(DnsResourceRecord record, string name) => DnsName.Normalize(record.DomainName.Value) == name;
}
