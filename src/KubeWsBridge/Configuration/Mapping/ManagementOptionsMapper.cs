using System.Net;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Kinds;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Hosting.Management;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the operator's port its options.</summary>
internal static class ManagementOptionsMapper
{
    /// <summary>The port's options; reads the token.</summary>
    public static ManagementOptions Map(OptionValues values) => new()
    {
        Address = values.Get(ProgramOptionTable.ManagementAddress) is var address and not ManagementAddressKind.Off ? IPEndPoint.Parse(address) : null,
        IsAskedFor = values[ProgramOptionTable.ManagementAddress].IsChanged,
        Token = values.Find(ProgramOptionTable.ManagementTokenFile) is { } file ? new Secret(File.ReadAllText(file).Trim()) : null,
        IsOpen = values.Get(ProgramOptionTable.ManagementOpen),
    };
}
