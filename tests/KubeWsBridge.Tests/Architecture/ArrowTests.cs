using System.Reflection;
using KubeWsBridge.Bridge;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Hosting;

namespace KubeWsBridge.Tests.Architecture;

/// <summary>The arrows of the house: which assembly, and which room, may know which other.</summary>
public class ArrowTests
{
    /// <summary>The stages of a connection's way, in its order; each may use those after it.</summary>
    private static readonly string[] Stages =
    [
        "Admission", "Metadata", "Launching", "Rendezvous", "SocketPath", "Transport", "Framing", "WebSockets", "Pumping", "Closing",
        "Diagnostics", "Linux",
    ];

    private static readonly Assembly Bridge = typeof(BridgeEndpoint).Assembly;
    private static readonly Assembly Certificates = typeof(TlsMode).Assembly;

    [Fact]
    public void Assemblies_KnowOnlyWhatTheyMay()
    {
        Assert.Equal([], Ours(Bridge));
        Assert.Equal([], Ours(Certificates));
        Assert.Equal(["KubeWsBridge.Bridge", "KubeWsBridge.Certificates"], Ours(typeof(Server).Assembly));
    }

    [Fact]
    public void Bridge_EveryStage_UsesOnlyLaterOnes()
    {
        var wrong =
            from type in Bridge.GetTypes()
            let room = Room(type)
            where room is not null and not ""
            from used in UsedTypes.Of(type)
            where used.Assembly == Bridge && Room(used) is { } other && other != room
                && (other.Length == 0 || Array.IndexOf(Stages, other) < Array.IndexOf(Stages, room))
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Bridge_EveryRoom_IsKnownHere() =>
        Assert.Empty(Bridge.GetTypes().Select(type => Room(type)).OfType<string>().Where(room => room.Length > 0).Distinct().Except(Stages));

    /// <summary>Those that use no other could be packages of their own.</summary>
    [Theory]
    [InlineData("Acme")]
    [InlineData("Dns")]
    [InlineData("Storage")]
    [InlineData("Pairs")]
    [InlineData("Files", "Pairs")]
    [InlineData("Tls", "Files", "Pairs", "Diagnostics")]
    [InlineData("Life", "Acme", "Storage", "Files", "Pairs", "Diagnostics")]
    public void Certificates_Room_UsesOnlyWhatItMay(string room, params string[] others)
    {
        var inside = Certificates.GetTypes().Where(type => Room(type, "KubeWsBridge.Certificates") == room).ToArray();
        var wrong =
            from type in inside
            from used in UsedTypes.Of(type)
            where used.Assembly == Certificates && Room(used, "KubeWsBridge.Certificates") is { } other && other != room && !others.Contains(other)
            select $"{type.FullName} uses {used.FullName}";

        Assert.NotEmpty(inside);
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void UsedTypes_MethodBody_IsSeen() =>
        Assert.Contains(UsedTypes.Of(typeof(Sample)), used => used == typeof(System.Text.StringBuilder));

    private static IEnumerable<string> Ours(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("KubeWsBridge", StringComparison.Ordinal)).Order();

    /// <summary>The folder below the assembly's root namespace, empty for the root, null for what the compiler makes.</summary>
    private static string? Room(Type type, string root = "KubeWsBridge.Bridge")
    {
        var space = type.Namespace;
        return space == root ? "" : space?.StartsWith(root + ".", StringComparison.Ordinal) == true ? space[(root.Length + 1)..].Split('.')[0] : null;
    }

    private sealed class Sample
    {
        public static string Use() => new System.Text.StringBuilder().ToString();
    }
}
