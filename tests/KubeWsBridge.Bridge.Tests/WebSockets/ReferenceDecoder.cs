using System.Buffers;
using System.Numerics;
using System.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>
/// RFC 6455 written down as plainly as can be: it has the whole stream, takes it byte by byte, and shares nothing with the decoder under
/// test but the names of the events. Where the bytes end it stops.
/// </summary>
internal sealed class ReferenceDecoder(byte[] stream, long maxMessageSize)
{
    private readonly EventLog _log = new();
    private readonly List<byte> _message = [];
    private Opcode _type;
    private BigInteger _announced;
    private int _at;

    public static IReadOnlyList<DecodedEvent> Decode(byte[] stream, long maxMessageSize)
    {
        var decoder = new ReferenceDecoder(stream, maxMessageSize);
        try
        {
            while (!decoder._log.Ended) decoder.ReadFrame();
        }
        catch (EndOfStreamException)
        {
        }
        catch (FaultException fault)
        {
            decoder._log.Add(DecodedEvent.Failed(fault.Error));
        }

        return decoder._log.Events;
    }

    private static void Require(bool rule, DecodeError otherwise)
    {
        if (!rule) throw new FaultException(otherwise);
    }

    private byte Next() => _at < stream.Length ? stream[_at++] : throw new EndOfStreamException();

    private void ReadFrame()
    {
        var first = Next();
        var opcode = first % 16;
        var final = first >= 128;
        Require(first / 16 % 8 == 0, DecodeError.ReservedBits);
        Require(opcode is 0 or 1 or 2 or 8 or 9 or 10, DecodeError.ReservedOpcode);
        Require(opcode < 8 || final, DecodeError.FragmentedControl);
        Require(opcode != 0 || _type != 0, DecodeError.UnexpectedContinuation);
        Require(opcode is not (1 or 2) || _type == 0, DecodeError.InterruptedMessage);

        var second = Next();
        Require(second >= 128, DecodeError.Unmasked);
        BigInteger length = second % 128;
        Require(opcode < 8 || length <= 125, DecodeError.ControlTooLong);
        if (length == 126) length = ReadLength(2, 126);
        else if (length == 127) length = ReadLength(8, 65536);
        Require(opcode >= 8 || _announced + length <= maxMessageSize, DecodeError.MessageTooBig);

        byte[] key = [Next(), Next(), Next(), Next()];
        if (opcode >= 8) ReadControl(opcode, (int)length, key);
        else ReadData((Opcode)opcode, final, length, key);
    }

    private BigInteger ReadLength(int bytes, int least)
    {
        BigInteger length = 0;
        for (var i = 0; i < bytes; i++) length = length * 256 + Next();
        Require(length < BigInteger.Pow(2, 63), DecodeError.LengthOutOfRange);
        Require(length >= least, DecodeError.NonMinimalLength);
        return length;
    }

    private void ReadData(Opcode opcode, bool final, BigInteger length, byte[] key)
    {
        if (opcode != 0) _type = opcode;
        _announced += length;
        for (BigInteger i = 0; i < length; i++)
        {
            var value = (byte)(Next() ^ key[(int)(i % 4)]);
            _message.Add(value);
            RequireText(end: final && i == length - 1);
            _log.Add(DecodedEvent.Part(_type, [value]));
        }

        if (!final) return;
        RequireText(end: true);
        _log.Add(DecodedEvent.Message(_type, []));
        _message.Clear();
        _announced = 0;
        _type = 0;
    }

    private void ReadControl(int opcode, int length, byte[] key)
    {
        var payload = new byte[length];
        for (var i = 0; i < length; i++) payload[i] = (byte)(Next() ^ key[i % 4]);
        if (opcode != 8)
        {
            _log.Add(DecodedEvent.Control(opcode == 9 ? DecodeKind.Ping : DecodeKind.Pong, payload));
            return;
        }

        Require(length != 1, DecodeError.CloseCodeCut);
        var code = length == 0 ? 1005 : payload[0] * 256 + payload[1];
        var allowed = length == 0 || code >= 3000 && code < 5000 || code >= 1000 && code < 1015 && code is not (1004 or 1005 or 1006);
        Require(allowed, DecodeError.CloseCodeInvalid);
        Require(StatusOf(payload.Skip(2)) == OperationStatus.Done, DecodeError.CloseReasonNotUtf8);
        _log.Add(DecodedEvent.Closed(code, [.. payload.Skip(2)]));
    }

    private void RequireText(bool end)
    {
        if (_type != Opcode.Text) return;
        var status = StatusOf(_message);
        Require(status != OperationStatus.InvalidData, DecodeError.TextNotUtf8);
        Require(!end || status == OperationStatus.Done, DecodeError.TextCut);
    }

    /// <summary>Reads from the first byte each time: slow, and without any state that could be wrong.</summary>
    private static OperationStatus StatusOf(IEnumerable<byte> text)
    {
        ReadOnlySpan<byte> rest = text.ToArray();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out _, out var length);
            if (status != OperationStatus.Done) return status;
            rest = rest[length..];
        }

        return OperationStatus.Done;
    }

    private sealed class FaultException(DecodeError error) : Exception
    {
        public DecodeError Error => error;
    }
}
