using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>Reads a ClientHello (RFC 8446 section 4.1.2) from the records it came in, as far as <see cref="ClientHello"/> has room for it.</summary>
internal static class ClientHelloReader
{
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;

    // No client comes near it, key shares of post-quantum groups included.
    private const int MostBytes = 32 * 1024;

    /// <summary>Tries to.</summary>
    /// <param name="received">The first bytes of a connection.</param>
    /// <param name="hello">The hello when it is complete.</param>
    public static HelloState TryRead(ReadOnlySequence<byte> received, out ClientHello? hello)
    {
        hello = null;
        var bytes = received.Slice(0, Math.Min(received.Length, MostBytes)).ToArray();
        var message = new List<byte>(bytes.Length);
        switch (Unwrap(bytes, message))
        {
            case HelloState.Incomplete:
                return bytes.Length < MostBytes ? HelloState.Incomplete : HelloState.NoHello;
            case HelloState.NoHello:
                return HelloState.NoHello;
        }

        hello = Parse(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(message)[MessageHeader..]);
        return hello is null ? HelloState.NoHello : HelloState.Complete;
    }

    // A hello may be spread over several records (RFC 8446 section 5.1).
    private static HelloState Unwrap(ReadOnlySpan<byte> bytes, List<byte> message)
    {
        while (bytes.Length > 0)
        {
            if (bytes[0] != HandshakeRecord)
                return HelloState.NoHello;
            if (bytes.Length < RecordHeader)
                return HelloState.Incomplete;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            if (bytes[1] != 3 || length == 0)
                return HelloState.NoHello;
            var record = bytes[RecordHeader..Math.Min(bytes.Length, RecordHeader + length)];
            message.AddRange(record);
            if (message.Count > 0 && message[0] != ClientHelloMessage)
                return HelloState.NoHello;
            if (message.Count >= MessageHeader && message.Count >= MessageHeader + ((message[1] << 16) | (message[2] << 8) | message[3]))
                return HelloState.Complete;
            bytes = bytes[(RecordHeader + record.Length)..];
        }

        return HelloState.Incomplete;
    }

    private static ClientHello? Parse(ReadOnlySpan<byte> body)
    {
        var reader = new VectorReader(body);
        reader.Skip(2 + 32); // legacy_version, random
        reader.Vector8(); // legacy_session_id
        reader.Vector16(); // cipher_suites
        reader.Vector8(); // legacy_compression_methods
        if (reader.Failed)
            return null;

        var (name, protocols, schemes) = (default(string), new List<string>(), new List<ushort>());
        var extensions = reader.IsEmpty ? default : new VectorReader(reader.Vector16());
        while (!extensions.IsEmpty)
        {
            var type = extensions.UInt16();
            var data = new VectorReader(extensions.Vector16());
            switch (type)
            {
                case 0: // server_name (RFC 6066 section 3)
                    name = ServerName(ref data);
                    break;
                case 13: // signature_algorithms
                    for (var list = new VectorReader(data.Vector16()); !list.IsEmpty;)
                        schemes.Add(list.UInt16());
                    break;
                case 16: // application_layer_protocol_negotiation (RFC 7301 section 3.1)
                    for (var list = new VectorReader(data.Vector16()); !list.IsEmpty;)
                        protocols.Add(Encoding.ASCII.GetString(list.Vector8()));
                    break;
            }

            if (data.Failed || extensions.Failed)
                return null;
        }

        return new ClientHello(name, protocols, schemes);
    }

    private static string? ServerName(ref VectorReader data)
    {
        var names = new VectorReader(data.Vector16());
        while (!names.IsEmpty)
        {
            var isHostName = names.UInt8() == 0;
            var name = names.Vector16();
            if (isHostName && !names.Failed)
                return Encoding.ASCII.GetString(name);
        }

        return null;
    }
}
