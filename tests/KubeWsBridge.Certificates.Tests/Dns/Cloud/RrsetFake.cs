namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>A service that replaces all values of a name at once.</summary>
internal abstract class RrsetFake : CloudFake
{
    protected Stored[] Set(string host) => [.. Records.Where(record => record.Host == host)];

    protected void Replace(string host, IEnumerable<string> values, int ttl)
    {
        Records.RemoveAll(record => record.Host == host);
        foreach (var value in values)
            Store(host, value, ttl);
    }

    public override void Seed(string host, string value) => Store(host, $"\"{value}\"", 7777);
}
