namespace KubeWsBridge.Behaviour.Launchers;

public sealed class SpareLauncherTests(SpareLauncherTests.Fixture fixture) : LauncherSuite(fixture), IClassFixture<SpareLauncherTests.Fixture>
{
    public sealed class Fixture() : LauncherFixture(LauncherTraits.Spare);
}
