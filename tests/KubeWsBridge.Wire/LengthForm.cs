namespace KubeWsBridge.Wire;

/// <summary>How a frame's length is written (RFC 6455 section 5.2).</summary>
public enum LengthForm
{
    /// <summary>As the RFC demands.</summary>
    Shortest,

    /// <summary>In the second byte.</summary>
    Bits7,

    /// <summary>In two bytes more.</summary>
    Bits16,

    /// <summary>In eight bytes more.</summary>
    Bits64,
}
