namespace KubeWsBridge.Certificates.Tests.Acme.Pebble;

/// <summary>A pebble that refuses every other nonce, blocks one domain, and has two further roots.</summary>
public sealed class PlainPebble() : PebbleFixture(new() { Blocked = ["blocked.example"], AlternateRoots = 2 });
