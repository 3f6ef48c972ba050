namespace KubeWsBridge.Behaviour.PeerClients;

/// <summary>Clients that others wrote, each in its own process, against the real program.</summary>
public class PeerProgramTests(PeerBridge peers) : IClassFixture<PeerBridge>
{
    private static readonly string[] Clients = ["node ws", "node http2", "python3-websockets"];

    private static readonly string[] Scenarios =
    [
        "text", "binary", "ping", "order", "client-close-1000", "client-close-1001", "client-close-3000", "client-close-4999",
        "worker-end", "worker-failure", "subprotocol",
    ];

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var client in Clients)
        {
            foreach (var scenario in Scenarios)
                data.Add(client, scenario);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task Client_Scenario_IsServed(string client, string scenario) => PeerProgram.PlayAsync(client, peers.Bridge.Url, scenario);
}
