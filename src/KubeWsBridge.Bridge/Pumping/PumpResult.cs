namespace KubeWsBridge.Bridge.Pumping;

/// <summary>How a pump stopped, and the exception if one was the reason.</summary>
internal readonly record struct PumpResult(PumpOutcome Outcome, Exception? Exception = null);
