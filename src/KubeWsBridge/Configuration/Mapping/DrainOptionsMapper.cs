using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Hosting.Draining;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the drain its options.</summary>
internal static class DrainOptionsMapper
{
    /// <summary>The drain's options.</summary>
    public static DrainOptions Map(OptionValues values) => new()
    {
        Delay = values.Get(DrainOptionRows.Delay),
        Period = values.Get(DrainOptionRows.Period),
        Timeout = values.Get(DrainOptionRows.Timeout),
        GracePeriod = values.Get(DrainOptionRows.GracePeriod),
        CloseCode = values.Get(DrainOptionRows.CloseCode),
        WorkerTime = values.Get(WorkerOptions.WorkerGrace) + values.Get(WorkerOptions.TerminateGrace),
        ClientTime = values.Get(ClientOptions.TailTimeout) + values.Get(ClientOptions.CloseTimeout),
    };
}
