using KubeWsBridge.Certificates.Tests.Dns.Servers;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class Rfc2136BindTests(BindServer server) : Rfc2136Tests(server), IClassFixture<BindServer>;
