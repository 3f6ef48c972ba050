namespace KubeWsBridge.Behaviour.Launchers;

public sealed class ForkLauncherTests(ForkLauncherTests.Fixture fixture) : LauncherSuite(fixture), IClassFixture<ForkLauncherTests.Fixture>
{
    public sealed class Fixture() : LauncherFixture(LauncherTraits.Fork);
}
