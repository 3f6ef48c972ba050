using System.Buffers.Binary;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>Puts into words why a server did not take an update, and what to change.</summary>
internal static class UpdateRefusal
{
    private const int BadSignature = 16;
    private const int BadKey = 17;
    private const int BadTime = 18;
    private const int BadTruncation = 22;

    /// <summary>The words, to follow "SERVER refused the update of NAME: ".</summary>
    public static string Describe(UpdateAnswer answer, TxtRecord record, TsigKey? key, DateTimeOffset now) => answer switch
    {
        { Signature.Error: BadKey } => $"it does not know the key {key?.Name} with {key?.Algorithm.Name}, or does not let it change {record.Zone}. "
            + "Check key_name and key_alg against the server's keys and access rules.",
        { Signature.Error: BadSignature } => $"the secret of the key {key?.Name} is not the one it has. Check key and key_alg.",
        { Signature.Error: BadTime } => $"the clocks differ: there it is {ServerTime(answer.Signature)}, here {now:u}. Set this machine's clock.",
        { Signature.Error: BadTruncation } => "it wants longer signatures. Check key_alg.",
        { Code: 1 } => "it does not understand the message (FORMERR).",
        { Code: 2 } => "it failed (SERVFAIL). Its log knows why; often it may not write the zone's file or journal.",
        { Code: 4 } => "it takes no updates (NOTIMP). Name the zone's primary server as server.",
        { Code: 5 } => $"it does not allow it (REFUSED). {Permission(record, key)}",
        { Code: 9 } => $"it is not the authority for the zone {record.Zone} (NOTAUTH). {Authority(key)}",
        { Code: 10 } => $"{record.Name} is not in the zone {record.Zone} there (NOTZONE).",
        _ => $"response code {answer.Code}.",
    };

    private static string Permission(TxtRecord record, TsigKey? key) => key is null
        ? "It probably wants a signature: set key_name and key."
        : $"Let the key {key.Name} change TXT records of {record.Name} (allow-update or update-policy in BIND, acl with action: update in Knot).";

    private static string Authority(TsigKey? key) => key is null
        ? "Name the zone's primary server as server; if it is that, it wants a signature: set key_name and key."
        : "Name the zone's primary server as server, and check that it knows this key.";

    private static string ServerTime(TsigRecord signature) => signature.Other.Length == 6
        ? DateTimeOffset.FromUnixTimeSeconds(((long)BinaryPrimitives.ReadUInt16BigEndian(signature.Other) << 32)
            | BinaryPrimitives.ReadUInt32BigEndian(signature.Other.AsSpan(2))).ToString("u", null)
        : "another time";
}
