using System.Runtime.InteropServices;

namespace KubeWsBridge.Hosting;

/// <summary>SIGHUP, which asks a server to read its files again.</summary>
internal static class ReloadSignal
{
    /// <summary>Calls back on every SIGHUP, which no longer ends the program then.</summary>
    public static IDisposable On(Func<Task> reload) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = reload();
    });
}
