using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>This test assembly started as a program that obtains a certificate, and stops after the n-th kind of request to be killed there.</summary>
internal static class LifePlayer
{
    public const string Part = "life";

    public static PlayerProcess Start(PebbleServer server, string folder, string name, int stopAfter)
    {
        var root = Path.Combine(folder, "root.pem");
        File.WriteAllText(root, server.Roots[0].ExportCertificatePem());
        return new(Part, server.DirectoryUrl.AbsoluteUri, root, folder, name, $"{stopAfter}");
    }

    public static async Task PlayAsync(string[] arguments)
    {
        X509Certificate2Collection roots = [X509CertificateLoader.LoadCertificateFromFile(arguments[1])];
        var network = new Stopping(new LosingHandler(roots, _ => false), int.Parse(arguments[4]));
        var life = new PebbleLife(new(arguments[0]), roots, arguments[2], arguments[3], () => network);
        await life.TurnAsync();
        Console.WriteLine(life.Sink.Serial is null ? string.Join('\n', life.Log.Lines) : "served");
    }

    /// <summary>How often a state is asked for before it has passed is chance: such requests count as one.</summary>
    private sealed class Stopping(HttpMessageHandler network, int left) : DelegatingHandler(network)
    {
        private int _left = left;
        private string _last = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var path = request.RequestUri!.AbsolutePath.Split('/')[1];
            if (path != _last && --_left == 0)
            {
                Console.WriteLine($"stopped after {path}");
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }
            _last = path;
            return response;
        }
    }
}
