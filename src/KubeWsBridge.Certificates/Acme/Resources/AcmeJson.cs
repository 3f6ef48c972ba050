using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Acme.Resources;

/// <summary>How the protocol's objects are read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(DirectoryResource))]
[JsonSerializable(typeof(AccountResource))]
[JsonSerializable(typeof(OrderResource))]
[JsonSerializable(typeof(AuthorizationResource))]
[JsonSerializable(typeof(ChallengeResource))]
[JsonSerializable(typeof(RenewalInfoResource))]
[JsonSerializable(typeof(NewAccountRequest))]
[JsonSerializable(typeof(AccountUpdateRequest))]
[JsonSerializable(typeof(KeyChangeRequest))]
[JsonSerializable(typeof(NewOrderRequest))]
[JsonSerializable(typeof(FinalizeRequest))]
[JsonSerializable(typeof(RevokeRequest))]
internal sealed partial class AcmeJson : JsonSerializerContext;
