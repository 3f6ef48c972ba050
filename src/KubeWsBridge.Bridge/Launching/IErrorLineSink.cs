namespace KubeWsBridge.Bridge.Launching;

/// <summary>Where the lines a worker prints on its standard error go.</summary>
public interface IErrorLineSink
{
    /// <summary>One line, free of control characters and at most a few times <see cref="ErrorLineRelay.MaxLineBytes"/> long.</summary>
    void Line(string text);

    /// <summary>Lines that were left out since the last call, because there were too many.</summary>
    void Suppressed(int count);
}
