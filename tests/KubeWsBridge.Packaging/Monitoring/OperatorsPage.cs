using KubeWsBridge.Packaging.Tools;

namespace KubeWsBridge.Packaging.Monitoring;

/// <summary>The page for Prometheus of a real program that has served a session and refused a client.</summary>
public static class OperatorsPage
{
    /// <summary>Starts the program, uses it, and fetches the page.</summary>
    public static async Task<string> FetchAsync()
    {
        await using var program = await RunningProgram.StartAsync(Path.Combine(AppContext.BaseDirectory, "kubewsbridge"));
        using var http = new HttpClient();
        (await http.GetAsync(new Uri($"http://127.0.0.1:{program.Port}/"))).Dispose();
        using (var client = await EchoClient.ConnectAsync(program.Port))
            await client.EchoAsync("hello");
        return await http.GetStringAsync(new Uri($"http://{program.Operators}/metrics"));
    }
}
