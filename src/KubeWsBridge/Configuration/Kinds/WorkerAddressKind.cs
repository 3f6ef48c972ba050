using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>Where workers connect back to: an address of this machine, or the path of a unix socket.</summary>
internal sealed class WorkerAddressKind : OptionKind<string>
{
    private const string Example = UnixSocketPath.Scheme + "/run/kubewsbridge/workers.sock";
    private readonly ListenAddressKind _addresses = new();

    /// <inheritdoc/>
    public override string Placeholder => _addresses.Placeholder;

    /// <inheritdoc/>
    public override string Expects => "an IPv4 or IPv6 address of this machine, localhost, or unix:/path";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out string value)
    {
        if (!UnixSocketPath.TryRead(text, out var path))
        {
            value = _addresses.Read(text, out var flaw) as string ?? text;
            return flaw;
        }

        value = UnixSocketPath.Scheme + path;
        if (path.Length == 0)
            return new Flaw("names no path.", $"Add it: {Example}");
        if (path[0] != '/')
            return new Flaw("has a path that does not begin with a slash.", $"Give all of it, as in {Example}");
        if (path[^1] == '/')
            return new Flaw("names a directory.", $"Add a name for the socket, as in {Example}");
        if (path.Contains('\0', StringComparison.Ordinal))
            return new Flaw("contains a NUL character.");
        var bytes = Encoding.UTF8.GetByteCount(path);
        return bytes <= UnixSocketPath.MaxBytes ? null : new Flaw(
            string.Create(CultureInfo.InvariantCulture, $"has a path of {bytes} bytes, and Linux takes {UnixSocketPath.MaxBytes} at most."),
            $"Use a shorter one, such as {Example}");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema) => _addresses.WriteSchema(schema);
}
