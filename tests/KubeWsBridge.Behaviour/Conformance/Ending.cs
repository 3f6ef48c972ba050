namespace KubeWsBridge.Behaviour.Conformance;

/// <summary>Who ends a case's connection.</summary>
public enum Ending
{
    /// <summary>The client sends a close frame with 1000 right behind the last step.</summary>
    Appended,

    /// <summary>A close frame is among the case's steps.</summary>
    Own,

    /// <summary>The server must fail the connection (section 7.1.7).</summary>
    Failure,
}
