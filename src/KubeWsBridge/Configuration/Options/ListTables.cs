namespace KubeWsBridge.Configuration.Options;

/// <summary>The keys of the file that hold lists.</summary>
internal static class ListTables
{
    /// <summary>What is served where.</summary>
    public static readonly ListTable Routes = new()
    {
        Key = RouteOptionTable.RoutesKey,
        Entry = "route",
        Example = "path: /chat",
        Help = "What is served where. Keys that are not given here are taken from the top of the file.",
        Options = RouteOptionTable.All,
    };

    /// <summary>Where clients connect.</summary>
    public static readonly ListTable Listeners = new()
    {
        Key = "listeners",
        Entry = "listener",
        Example = "port: 8443",
        Help = "Where clients connect, with and without TLS side by side; takes the place of wsPort.",
        Options = ListenerOptionTable.All,
    };

    /// <summary>What is shown to whom.</summary>
    public static readonly ListTable Certificates = new()
    {
        Key = "tlsCertificates",
        Entry = "certificate",
        Example = "cert: /etc/tls/tls.crt",
        Help = "Certificates of manual mode besides tlsCert, chosen by the name a client asks for; the first of all is for everybody else.",
        Options = CertificateOptionTable.All,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ListTable> All { get; } = [Routes, Listeners, Certificates];
}
