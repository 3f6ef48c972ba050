namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>The record types of a responder (FastCGI 1.0, section 8).</summary>
internal enum FastCgiRecordType : byte
{
    /// <summary>Ours: begins a request.</summary>
    BeginRequest = 1,

    /// <summary>FPM's: the request is over.</summary>
    EndRequest = 3,

    /// <summary>Ours: name/value pairs, ended by an empty record.</summary>
    Params = 4,

    /// <summary>Ours: the request's body, ended by an empty record.</summary>
    Stdin = 5,

    /// <summary>FPM's: the CGI answer, a header block and what the script prints.</summary>
    Stdout = 6,

    /// <summary>FPM's: messages of PHP's log.</summary>
    Stderr = 7,
}
