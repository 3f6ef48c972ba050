namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

/// <summary>What goes wrong with a request.</summary>
public sealed record FakeFault
{
    /// <summary>The status it is answered with instead of being done; 0 for none.</summary>
    public int Code { get; init; }

    /// <summary>How long to wait before the next attempt, in seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The connection is cut before it is done.</summary>
    public bool IsCutBefore { get; init; }

    /// <summary>It is done, and the connection is cut before anybody hears of it.</summary>
    public bool IsCutAfter { get; init; }

    /// <summary>It is neither done nor answered, for as long as the client waits.</summary>
    public bool Hangs { get; init; }

    public static FakeFault Status(int code, int? retryAfter = null) => new() { Code = code, RetryAfter = retryAfter };
}
