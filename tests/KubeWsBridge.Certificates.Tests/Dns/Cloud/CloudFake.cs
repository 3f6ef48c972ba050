namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>A service's documented interface, with the zone example.test in it.</summary>
internal abstract class CloudFake : HttpMessageHandler
{
    public const string Zone = "example.test";

    private int _lastId = 100;

    /// <summary>The provider's name in the configuration.</summary>
    public abstract string Provider { get; }

    /// <summary>Parameters it accepts.</summary>
    public abstract string[] Pairs { get; }

    /// <summary>Parameters it refuses, with a secret of "wrong-secret".</summary>
    public abstract string[] WrongPairs { get; }

    /// <summary>Its own words when it refuses them.</summary>
    public abstract string Refusal { get; }

    /// <summary>Its own words, or ours, about a zone it has not.</summary>
    public abstract string NoZone { get; }

    /// <summary>How it says that there were too many requests.</summary>
    public virtual Reply TooMany { get; } = new(429, """{"message": "slow down"}""", "application/json", ("Retry-After", "3"));

    /// <summary>How long it says to wait.</summary>
    public virtual TimeSpan Wait { get; } = TimeSpan.FromSeconds(3);

    public List<Stored> Records { get; } = [];

    /// <summary>What is answered before anything else, once each.</summary>
    public Queue<Reply> Interruptions { get; } = new();

    /// <summary>Runs before a request is answered: another client's doing.</summary>
    public Action<Call> Before { get; set; } = _ => { };

    public List<string> Lines { get; } = [];

    public HastyTime Time { get; } = new();

    public IReadOnlyList<string> Texts(string host) =>
        [.. Records.Where(record => record.Host == host).Select(record => KubeWsBridge.Certificates.Dns.TxtText.Unquote(record.Value)).Order(StringComparer.Ordinal)];

    /// <summary>A value of somebody else's, spelled as the service spells values.</summary>
    public virtual void Seed(string host, string value) => Store(host, value, 777);

    protected abstract Reply Answer(Call call);

    protected Stored Store(string host, string value, int ttl)
    {
        var record = new Stored(++_lastId, host is "@" ? "" : host, value, ttl);
        Records.Add(record);
        return record;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new Call(request.Method, request.RequestUri!, request.Headers, body, request.Content?.Headers.ContentType?.MediaType);
        Lines.Add(call.Line);
        Before(call);
        return (Interruptions.TryDequeue(out var interruption) ? interruption : Answer(call)).ToResponse();
    }

    /// <summary>The host within the zone of an absolute name.</summary>
    protected static string Host(string name) => name.TrimEnd('.') is var text && text == Zone ? "" : text[..^(Zone.Length + 1)];

    protected static string Absolute(string host) => host.Length == 0 ? Zone : $"{host}.{Zone}";
}
