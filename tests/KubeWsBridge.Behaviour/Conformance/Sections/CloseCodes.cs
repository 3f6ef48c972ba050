using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 7.4, which codes may stand in a close frame.</summary>
internal static class CloseCodes
{
    private static readonly int[] Valid =
        [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001, 4999];

    private static readonly int[] Invalid =
        [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1017, 1100, 1999, 2000, 2999, 5000, 5001, 9999, 32768, 65535];

    public static IEnumerable<ConformanceCase> Cases =>
    [
        .. Valid.Select(code => Closes($"7.4-{code}", $"the code {code} is echoed", code, Close(code, "because"u8.ToArray()))),
        .. Invalid.Select(code => Fails($"7.4-{code}", $"the code {code} may not be sent", 1002, Close(code))),
        Fails("7.4-reason", "a code that may not be sent, with a reason", 1002, Text("before"), Close(1006, "because"u8.ToArray()))
            .WithEcho("before"u8.ToArray()),
    ];
}
