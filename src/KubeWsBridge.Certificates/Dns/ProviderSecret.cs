namespace KubeWsBridge.Certificates.Dns;

/// <summary>A parameter that shows itself only when asked by name, so that no log, message or listing prints it by accident.</summary>
internal sealed class ProviderSecret(string value)
{
    /// <summary>What is shown instead.</summary>
    public const string Mask = "***";

    /// <summary>The value itself, for its one user.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => Mask;
}
