namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>A key of AWS.</summary>
/// <param name="AccessKeyId">Its name.</param>
/// <param name="SecretAccessKey">The key.</param>
/// <param name="SessionToken">What temporary keys need besides; null for lasting ones.</param>
internal sealed record AwsCredentials(string AccessKeyId, ProviderSecret SecretAccessKey, ProviderSecret? SessionToken);
