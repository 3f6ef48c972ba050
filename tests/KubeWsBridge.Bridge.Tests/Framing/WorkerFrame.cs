using System.Globalization;
using System.Text;

namespace KubeWsBridge.Bridge.Tests.Framing;

/// <summary>Builds the frames of the messages framing, as a worker would.</summary>
internal static class WorkerFrame
{
    public static byte[] Text(string payload, bool goesOn = false) => Build("text", Encoding.UTF8.GetBytes(payload), goesOn);

    public static byte[] Binary(byte[] payload, bool goesOn = false) => Build("binary", payload, goesOn);

    public static byte[] Close(string payload = "") => Build("close", Encoding.UTF8.GetBytes(payload));

    public static byte[] Build(string type, byte[] payload, bool goesOn = false) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {payload.Length}{(goesOn ? " +" : "")}\n")), .. payload, (byte)'\n'];

    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);
}
