namespace KubeWsBridge.Behaviour.Launchers;

public sealed class PoolLauncherTests(PoolLauncherTests.Fixture fixture) : LauncherSuite(fixture), IClassFixture<PoolLauncherTests.Fixture>
{
    public sealed class Fixture() : LauncherFixture(LauncherTraits.Pool);
}
