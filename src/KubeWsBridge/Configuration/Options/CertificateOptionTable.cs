using KubeWsBridge.Configuration.Kinds;
using static KubeWsBridge.Configuration.Options.OptionGroup;

namespace KubeWsBridge.Configuration.Options;

/// <summary>What an entry of <c>tlsCertificates</c> may say.</summary>
internal static class CertificateOptionTable
{
    private static readonly TextKind FileForm = new("FILE", "the path of a file");

    /// <summary>The certificate file.</summary>
    public static readonly OptionDefinition<string> Cert = new()
    {
        Flag = "cert",
        Kind = FileForm,
        Group = Tls,
        IsRequired = true,
        Help = "PEM file with the certificate and its chain.",
    };

    /// <summary>The key file.</summary>
    public static readonly OptionDefinition<string> Key = new()
    {
        Flag = "key",
        Kind = FileForm,
        Group = Tls,
        IsRequired = true,
        Help = "PEM file with the certificate's private key.",
    };

    /// <summary>The file with the key's password.</summary>
    public static readonly OptionDefinition<string> KeyPasswordFile = new()
    {
        Flag = "key-password-file",
        Kind = FileForm,
        Group = Tls,
        Help = "File with the password of an encrypted key.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } = [Cert, Key, KeyPasswordFile];
}
