using KubeWsBridge.Certificates.Tests.Life;
using KubeWsBridge.Certificates.Tests.Storage;

namespace KubeWsBridge.Certificates.Tests;

/// <summary>What runs when this assembly is started as a program, which tests do that kill a process; test runners never do.</summary>
internal static class TestProgram
{
    private static Task Main(string[] arguments) =>
        arguments[0] == LifePlayer.Part ? LifePlayer.PlayAsync(arguments[1..]) : StoragePlayer.PlayAsync(arguments[0], arguments[1]);
}
