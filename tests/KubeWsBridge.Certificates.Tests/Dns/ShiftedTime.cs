namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>A clock that is wrong.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
