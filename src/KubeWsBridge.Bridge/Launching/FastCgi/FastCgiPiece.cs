namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Content of a record, as much as had come; nothing is copied.</summary>
/// <param name="Type">The record's type.</param>
/// <param name="Content">May be empty.</param>
/// <param name="EndsRecord">Whether the record's content ends here.</param>
internal readonly record struct FastCgiPiece(FastCgiRecordType Type, ReadOnlyMemory<byte> Content, bool EndsRecord);
