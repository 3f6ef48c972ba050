using System.Text;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>How a connection ended for its client.</summary>
/// <param name="Data">All payload before the end.</param>
/// <param name="Code">The close code, 1005 when the frame had none, 1006 when there was no frame.</param>
/// <param name="Reason">The close reason.</param>
public sealed record Ending(byte[] Data, int Code, string Reason)
{
    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Data);
}
