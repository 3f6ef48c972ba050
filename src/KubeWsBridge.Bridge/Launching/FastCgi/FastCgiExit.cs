using System.Buffers.Binary;
using KubeWsBridge.Bridge.Closing;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>What the end of a FastCGI request says of how the script ended.</summary>
internal static class FastCgiExit
{
    /// <summary>The bytes of END_REQUEST: application status, protocol status, three reserved (FastCGI 1.0, section 5.5).</summary>
    public const int BodyLength = 8;

    // What PHP exits with after a fatal error on the command line.
    private const int Failed = 255;
    private const int LowestError = 400;

    /// <summary>FPM let go of the connection without ending the request.</summary>
    public static WorkerExit Lost { get; } = new(null, null,
        "PHP-FPM closed the connection without an answer: its worker was killed (request_terminate_timeout, memory) or PHP-FPM was stopped");

    /// <summary>We let go of the request; what FPM makes of it is unknown.</summary>
    public static WorkerExit LetGo { get; } = new(null, null,
        "it did not end in time, and only its pool's request_terminate_timeout can end a script that does not look at its connection");

    /// <summary>The exit that an END_REQUEST stands for.</summary>
    /// <param name="body">The record's content.</param>
    /// <param name="head">The answer's header block.</param>
    /// <param name="script">The script as PHP-FPM was told it.</param>
    public static WorkerExit Of(ReadOnlySpan<byte> body, CgiHead head, string script)
    {
        if (body.Length < BodyLength)
            throw new InvalidDataException("PHP-FPM ended the request with a record that is too short.");
        if (body[4] != 0)
            return new WorkerExit(Failed, null, $"PHP-FPM rejected the request with protocol status {body[4]}");

        // PHP-FPM has no exit statuses: this is 0 whatever the script exits with, and a failure shows in the HTTP status only.
        var status = BinaryPrimitives.ReadInt32BigEndian(body);
        if (status != 0)
            return new WorkerExit(status & 0xff, null);
        return head.StatusCode < LowestError ? new WorkerExit(0, null) : new WorkerExit(Failed, null, Explain(head, script));
    }

    private static string Explain(CgiHead head, string script) => head.StatusCode switch
    {
        404 => $"PHP-FPM answered \"{head.Status}\": it finds no script {script}. --script must be the path as PHP-FPM sees it, in its own container",
        403 => $"PHP-FPM answered \"{head.Status}\": it may not run {script}. See the pool's security.limit_extensions and the file's permissions",
        _ => $"the script answered \"{head.Status}\"",
    };
}
