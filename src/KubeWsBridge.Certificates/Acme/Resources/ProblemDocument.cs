using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>An error as the authority tells it (RFC 7807; RFC 8555 section 6.7).</summary>
public sealed record ProblemDocument
{
    internal const string Prefix = "urn:ietf:params:acme:error:";

    /// <summary>The error's URN; about:blank when the server gave none.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The sentence for people, if any.</summary>
    public string? Detail { get; init; }

    /// <summary>The status of the HTTP answer it came with; 0 for one that came inside an object.</summary>
    public int Status { get; init; }

    /// <summary>Which identifier it is about, in subproblems.</summary>
    public Identifier? Identifier { get; init; }

    /// <summary>One problem per identifier, when several are at fault.</summary>
    public IReadOnlyList<ProblemDocument> Subproblems { get; init => field = value ?? []; } = [];

    /// <summary>The last word of the URN, for example rateLimited; the whole type when it is no ACME error.</summary>
    [JsonIgnore]
    public string Kind => Type.StartsWith(Prefix, StringComparison.Ordinal) ? Type[Prefix.Length..] : Type;

    /// <summary>The problem in one line: kind, detail, and the subproblems'.</summary>
    public override string ToString()
    {
        var subject = Identifier is null ? "" : $"{Identifier}: ";
        var details = Subproblems.Count == 0 ? "" : $" ({string.Join("; ", Subproblems)})";
        return Detail is null ? $"{subject}{Kind}{details}" : $"{subject}{Kind}: {Detail}{details}";
    }
}
