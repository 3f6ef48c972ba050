namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Every case there is.</summary>
public static class AllSections
{
    /// <summary>In the order of the RFC.</summary>
    public static IReadOnlyList<ConformanceCase> Cases { get; } =
    [
        .. Lengths.Cases, .. Headers.Cases, .. Splits.Cases, .. Masks.Cases, .. Fragments.Cases, .. ControlFrames.Cases, .. CloseFrames.Cases,
        .. CloseCodes.Cases, .. Failures.Cases, .. ValidText.Cases, .. InvalidText.Cases, .. TooBig.Cases,
    ];
}
