using System.Runtime.InteropServices;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>The one call .NET has no word for.</summary>
internal static partial class Native
{
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int pid, int signal);
}
