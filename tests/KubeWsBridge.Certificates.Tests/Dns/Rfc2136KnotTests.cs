using KubeWsBridge.Certificates.Tests.Dns.Servers;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class Rfc2136KnotTests(KnotServer server) : Rfc2136Tests(server), IClassFixture<KnotServer>
{
    // Knot calls everything a bad key that no rule allows, and tells who does not sign that it is no authority.
    protected override string NotAllowed => "or does not let it change other.test";

    protected override string NotSigned => "it is not the authority for the zone example.test (NOTAUTH). Name the zone's primary server as server; if it is that, it wants a signature";
}
