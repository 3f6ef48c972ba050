using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>Keeps what a relay delivers, summaries as "+N".</summary>
internal sealed class RecordingSink : IErrorLineSink
{
    public List<string> Lines { get; } = [];

    public void Line(string text) => Lines.Add(text);

    public void Suppressed(int count) => Lines.Add($"+{count}");
}
