namespace KubeWsBridge.Behaviour.Launchers;

public sealed class ProcessLauncherTests(ProcessLauncherTests.Fixture fixture) : LauncherSuite(fixture), IClassFixture<ProcessLauncherTests.Fixture>
{
    public sealed class Fixture() : LauncherFixture(LauncherTraits.Process);
}
