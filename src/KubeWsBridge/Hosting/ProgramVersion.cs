using System.Reflection;

namespace KubeWsBridge.Hosting;

/// <summary>The version of this build.</summary>
internal static class ProgramVersion
{
    /// <summary>For example 0.1.0, without the commit that follows a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
