namespace KubeWsBridge.Certificates.Dns;

/// <summary>Waits until every server of a zone shows a record, because an authority may ask any of them.</summary>
internal sealed class PropagationCheck(IDnsLookup lookup, DnsChallengeOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits; gives the servers that show the record, none when nobody was to be asked.</summary>
    /// <exception cref="DnsException">The time is over; the message names the servers that do not show it.</exception>
    public async Task<IReadOnlyList<NameServer>> WaitAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        await Task.Delay(options.PropagationDelay, time, cancellationToken);
        if (options.PropagationTimeout == TimeSpan.Zero)
            return [];
        var start = time.GetTimestamp();
        var servers = await lookup.FindNameServersAsync(record.Zone, cancellationToken);
        var seen = new List<NameServer>();
        while (true)
        {
            var states = await Task.WhenAll(servers.Except(seen).Select(server => LookAsync(server, record, cancellationToken)));
            seen.AddRange(states.Where(state => state.Sight == Sight.Shown).Select(state => state.Server));
            if (seen.Count == servers.Count)
                return seen;
            if (time.GetElapsedTime(start) + Pause > options.PropagationTimeout)
                return Judge(record, seen, [.. states.Where(state => state.Sight != Sight.Shown)]);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<(NameServer Server, Sight Sight)> LookAsync(NameServer server, TxtRecord record, CancellationToken cancellationToken)
    {
        var texts = await lookup.ReadTextsAsync(server, record.Name, cancellationToken);
        return (server, texts is null ? Sight.Silent : texts.Contains(record.Value) ? Sight.Shown : Sight.Missing);
    }

    // A server that is down misleads nobody, as long as another one answers.
    private List<NameServer> Judge(TxtRecord record, List<NameServer> seen, IReadOnlyList<(NameServer Server, Sight Sight)> rest)
    {
        if (seen.Count > 0 && rest.All(state => state.Sight == Sight.Silent))
            return seen;
        var states = rest.Select(state => $"{state.Server} {(state.Sight == Sight.Silent ? "does not answer" : "does not have it")}");
        throw new DnsException($"The TXT record of {record.Name} was not seen on all name servers of {record.Zone} within "
            + $"{options.PropagationTimeout.TotalSeconds:0.#} s: {string.Join("; ", states)}. Raise --tls-propagation-timeout if the provider is slow; "
            + "if this network may not ask those servers, set it to 0 and let --tls-propagation-delay be long enough.");
    }

    private enum Sight
    {
        Shown,
        Missing,
        Silent,
    }
}
