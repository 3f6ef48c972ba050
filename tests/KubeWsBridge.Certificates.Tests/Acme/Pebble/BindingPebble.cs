namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>A pebble that makes accounts only for those it knows from elsewhere.</summary>
public sealed class BindingPebble() : PebbleFixture(new() { ExternalAccount = (KeyId, MacKey) })
{
    public const string KeyId = "kid-1";

    public const string MacKey = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
}
