namespace KubeWsBridge.Certificates.Dns;

/// <summary>What is wrong with a parameter of a provider.</summary>
/// <param name="Key">Its key as it was written, or as it should have been.</param>
/// <param name="Message">What is wrong, to follow the key.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record ParameterFlaw(string Key, string Message, string Fix);
