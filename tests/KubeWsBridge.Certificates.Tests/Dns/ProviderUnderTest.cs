using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>Makes providers as the program does, from the table and from pairs.</summary>
internal static class ProviderUnderTest
{
    public static IDnsProvider Create(string name, params string[] pairs) => Create(name, null, null, pairs);

    public static IDnsProvider Create(string name, HttpMessageHandler? handler, TimeProvider? time, params string[] pairs)
    {
        var definition = DnsProviderTable.Find(name)!;
        var parameters = DnsProviderParameters.Read(definition, pairs, new Dictionary<string, string>(), (_, _) => null, out var flaws);
        Assert.Empty(flaws);
        var http = handler is null ? DnsProviderContext.CreateHttpClient() : new HttpClient(handler);
        return definition.Create(parameters!, new DnsProviderContext { Http = http, Time = time ?? TimeProvider.System });
    }

    public static TxtRecord Record(string value, string name = "_acme-challenge.www.example.test", string zone = "example.test") => new()
    {
        Zone = zone,
        Name = name,
        Value = value,
        Ttl = TimeSpan.FromSeconds(60),
    };

    public static Task<DnsException> FailsAsync(Func<Task> action) => Assert.ThrowsAsync<DnsException>(action);
}
