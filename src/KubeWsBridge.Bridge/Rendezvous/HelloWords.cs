using System.Text;
using System.Text.Unicode;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>What may follow the id in a hello line: a framing with options, or a rejection.</summary>
internal static class HelloWords
{
    private const string Allowed = "the id alone, or behind it \"raw\", \"messages\" or \"reject STATUS reason\"";
    private const string ProtocolOption = "protocol=";

    /// <summary>Reads the line from behind the id to before the newline; what can't be understood becomes a <see cref="Hello.Fault"/>.</summary>
    public static Hello Parse(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes) || Encoding.UTF8.GetString(bytes) is var text && text.Any(char.IsControl))
            return Fault($"It holds {Excerpt.Of(bytes)}, which is no text.");
        if (text[0] != ' ')
            return Fault($"One space must stand between the id and \"{text}\".");

        var words = text[1..].Split(' ');
        return words[0] switch
        {
            "raw" => Options(words.AsSpan(1), new Hello { Framing = WorkerFraming.Raw }),
            "messages" => Options(words.AsSpan(1), new Hello { Framing = WorkerFraming.Messages }),
            "reject" => Reject(text[1..]),
            _ => Fault($"\"{words[0]}\" is not known; allowed is {Allowed}."),
        };
    }

    private static Hello Options(ReadOnlySpan<string> options, Hello hello)
    {
        foreach (var option in options)
        {
            if (option == "pings" && hello is { Framing: WorkerFraming.Messages, WantsPings: false })
                hello = hello with { WantsPings = true };
            else if (option.StartsWith(ProtocolOption, StringComparison.Ordinal) && hello.Subprotocol is null
                && SubprotocolChoice.IsToken(option.AsSpan(ProtocolOption.Length)))
                hello = hello with { Subprotocol = option[ProtocolOption.Length..] };
            else
                return Fault(
                    $"\"{option}\" is not allowed there; behind \"raw\" or \"messages\" may stand, once each and after one space, protocol=NAME, "
                    + "and behind \"messages\" pings.");
        }

        return hello;
    }

    private static Hello Reject(string text)
    {
        var words = text.Split(' ', 3);
        return words.Length > 1 && words[1].Length == 3 && int.TryParse(words[1], out var status) && status is >= 400 and <= 599
            ? new Hello { Rejection = new Rejection(status, words.Length > 2 ? words[2] : "") }
            : Fault($"\"{text}\" must be \"reject\", a status from 400 to 599 and perhaps a reason.");
    }

    private static Hello Fault(string why) => new() { Fault = why };
}
