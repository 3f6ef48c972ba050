namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>A point between two frames that are all right.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Data">Bytes of data before it, all frames together.</param>
/// <param name="Pongs">Pongs that answer what stands before it.</param>
internal readonly record struct Mark(int Offset, int Data, int Pongs);
